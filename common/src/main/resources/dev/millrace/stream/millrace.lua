#!lua name=millrace
--[[ Every move of a job between streams, each in one atomic step. The only writer of job keys.

A lane is a stream of one queue: mr:{s}:q:<queue>:<critical|high|normal|low|suspect>, read by the group `workers`.
What waits for a time lies on mr:{s}:delays, read by the group `scheduler`, until a scheduler has held it: then its time
is in the sorted set mr:{s}:timers, under its job's id, and its fields are in the hash mr:{s}:timers:jobs, as JSON.
A marker is mr:{s}:j:<job> = epoch.run|place|entry|flags: place q<band>, s (suspect), d (delays), t (timers, no entry), E
(ended, with the delivery that ended it for the entry); flag C: cancel requested. An entry is valid if and only if the
marker of its job names its epoch.run, place and id.
A caller holds an entry if the pending list says (this consumer, this delivery); nobody else may settle it.

Every function first checks what it was given, then writes. A bad entry costs itself only. All answer the error COLD
while the shard's epoch key, or the variable below, is missing: a restart loses the variable, FLUSHALL the key. Names
end in a version and never change meaning. Lists of up to about 250 items. Redis 7.0 commands only. ]]

local VERSION = '3'
local MARKER_TTL = 20000 -- ms that an end's marker outlives its commit; an enqueue may be 10 s late
local LATE_AFTER, EARLY_BY = 10000, 1000 -- ms around the caller's asOf
local WINDOW_COUNT, WINDOW_BYTES = 100000, 1073741824 -- per lane
local MAX_DEATHS = 2 -- a job that outlived so many workers runs alone
local MAX_BYTES = 65536 -- of a quarantined entry's bytes
local MAX_READ = 500 -- entries that one take looks at
local MAX_FIELDS = 500 -- of an entry; Lua cannot pass many thousand arguments to a command
local MAX_HEADERS = 256 -- among them, as in Job.java
local MAX_MILLIS = 999999999999999
local blessed = nil

-- Bound by the first function that is called: while the library is loaded they do not exist. Looking them up each time
-- costs a fifth more, since a library's global table is a guarded one.
local call, pcall_, find, sub, match, format, kind

local function bind()
  call, pcall_ = redis.call, redis.pcall
  find, sub, match, format = string.find, string.sub, string.match, string.format
  kind = type
end

-- A key may hold what is no text, since somebody wrote it by hand: then pcall answers an error, which equals nothing.
local function cold(key)
  local epoch = pcall_('GET', key)
  return not epoch or epoch ~= blessed
end

local function cold_reply() return redis.error_reply('COLD Redis lost its data or was restarted') end

local function now_ms()
  local t = call('TIME')
  return t[1] * 1000 + math.floor(t[2] / 1000)
end

local function int(n) return format('%.0f', n) end

local function parse(flat)
  local f = {}
  for i = 1, #flat, 2 do f[flat[i]] = flat[i + 1] end
  return f
end

local PLACES = { suspect = 's', delays = 'd', timers = 't' }

-- the label of a lane's key is what stands behind its last colon; those two keys that are no lanes end in their names
local function place_of(lane)
  local label = match(lane, '([^:]+)$')
  return PLACES[label] or 'q' .. label
end

local UUID = '^%x%x%x%x%x%x%x%x' -- the string library is not there while this is loaded
  .. '%-%x%x%x%x%-%x%x%x%x%-%x%x%x%x'
  .. '%-%x%x%x%x%x%x%x%x%x%x%x%x$'
local BANDS = { critical = true, high = true, normal = true, low = true }

local function is_name(s) return s and #s <= 128 and find(s, '^[%w%._:%-]+$') ~= nil end

local function is_number(s, min, max)
  if not s or #s > 15 or not find(s, '^%d+$') then return false end
  local n = tonumber(s)
  return n >= min and n <= max
end

local function headers(flat)
  local n = 0
  for i = 1, #flat, 2 do
    if sub(flat[i], 1, 2) == 'h.' then n = n + 1 end
  end
  return n
end

-- what is wrong with an entry's fields; nil if nothing is
local function defect(f, flat)
  if #flat > 2 * MAX_FIELDS then return 'it has more than ' .. MAX_FIELDS .. ' fields' end
  if #flat > 2 * MAX_HEADERS and headers(flat) > MAX_HEADERS then return 'it has more than ' .. MAX_HEADERS .. ' headers' end
  if not f.job or not find(f.job, UUID) or find(f.job, '%u') then return 'job is not a UUID in lower case' end
  if not is_name(f.task) then return 'task is not a name' end
  if not is_name(f.queue) then return 'queue is not a name' end
  if not f.band or not BANDS[f.band] then return 'band is not one of critical, high, normal, low' end
  if not f.tenant or f.tenant == '' then return 'tenant is missing' end
  if not is_number(f.epoch, 0, 32767) then return 'epoch is not 0 to 32767' end
  if not is_number(f.run, 1, 4294967295) then return 'run is not 1 to 4294967295' end
  if not is_number(f.attempt, 1, 2147483647) then return 'attempt is not a whole number from 1' end
  if not is_number(f.deaths, 0, 65535) then return 'deaths is not a whole number' end
  if f.due and not is_number(f.due, 0, MAX_MILLIS) then return 'due is not milliseconds' end
  if f.expires and not is_number(f.expires, 0, MAX_MILLIS) then return 'expires is not milliseconds' end
  if not f.payload then return 'payload is missing' end
  return nil
end

-- what is wrong with an entry as one of this lane: its way back leads to the lane that its fields name. The delays and
-- timers hold those of all queues.
local function astray(f, lane)
  local queue, label = match(lane, ':q:(.+):([^:]+)$')
  if not queue then return nil end
  if f.queue ~= queue then return 'it belongs to another queue' end
  if label ~= 'suspect' and f.band ~= label then return 'it belongs to another band' end
  return nil
end

local function mark(c, job, epoch, run, place, entry)
  call('SET', c.prefix .. job, epoch .. '.' .. run .. '|' .. place .. '|' .. entry .. '|')
end

-- the time of an event as text, written once for all events of a call that bear it
local function at_of(c)
  if c.written ~= c.now then c.written, c.at = c.now, int(c.now) end
  return c.at
end

local function event(c, job, kind, epoch, run, delivery, attempt, ...)
  call('XADD', c.events, '*', 'job', job, 'type', kind, 'epoch', epoch, 'run', run, 'delivery', delivery,
    'attempt', attempt, 'at', at_of(c), ...)
end

local function finish_job(c, job, kind, epoch, run, delivery, attempt, ...)
  mark(c, job, epoch, run, 'E', delivery)
  event(c, job, kind, epoch, run, delivery, attempt, ...)
end

-- nothing where there is no stream
local function remove(c, lane, ids)
  if #ids > 0 then
    pcall_('XACK', lane, c.group, unpack(ids))
    pcall_('XDEL', lane, unpack(ids))
  end
end

-- {owner, deliveries} of a pending entry; nil if it is not pending or the group is gone
local function pending(c, lane, id)
  local p = pcall_('XPENDING', lane, c.group, id, id, 1)
  if p.err or #p == 0 then return nil end
  return { p[1][2], p[1][4] }
end

local function holds(c, lane, id, delivery)
  local p = pending(c, lane, id)
  return p ~= nil and p[1] == c.consumer and p[2] == tonumber(delivery)
end

-- the text of a marker; nil if there is none, or something that is no text
local function read_marker(key)
  local raw = pcall_('GET', key)
  return kind(raw) == 'string' and raw or nil
end

-- a marker's flags if it names this entry; nil if it does not
local function flags_in(raw, epoch, run, place, id)
  local expected = epoch .. '.' .. run .. '|' .. place .. '|' .. id .. '|'
  if not raw or sub(raw, 1, #expected) ~= expected then return nil end
  return sub(raw, #expected + 1)
end

local function flags_of(c, job, epoch, run, place, id)
  return flags_in(read_marker(c.prefix .. job), epoch, run, place, id)
end

local function is_entry(id)
  local ms, seq = match(id, '^(%d+)%-(%d+)$')
  return ms ~= nil and #ms < 20 and #seq < 20
end

-- nil for a text that is no marker: it is then as if there were none
local function parse_marker(raw)
  local epoch, run, place, entry, flags = match(raw, '^(%d+)%.(%d+)|(%a*)|([%d%-]*)|(%a*)$')
  if not is_number(epoch, 0, 32767) or not is_number(run, 0, 4294967295) then return nil end
  local band = match(place, '^q(%a+)$')
  if place == 's' or place == 'd' or band then
    if (band and not BANDS[band]) or not is_entry(entry) then return nil end
  elseif place ~= 'E' and place ~= 't' then
    return nil
  end
  return { epoch = epoch, run = run, place = place, entry = entry, flags = flags }
end

-- an entry as JSON text, as much as is kept of it; cut before it is encoded, since that takes long for a large one
local function bytes_of(flat)
  local kept, room = {}, MAX_BYTES
  for i = 1, #flat do
    if room <= 0 then break end
    kept[i] = sub(flat[i], 1, room)
    room = room - #flat[i] - 3
  end
  return sub(cjson.encode(kept), 1, MAX_BYTES)
end

local function quarantine(c, lane, id, flat, f, delivery, reason)
  local bytes = bytes_of(flat)
  local raw = f.job and read_marker(c.prefix .. f.job)
  local m = raw and parse_marker(raw)
  if m and m.place == place_of(lane) and m.entry == id then
    local attempt = is_number(f.attempt, 1, 2147483647) and f.attempt or '1'
    finish_job(c, f.job, 'FAILED', m.epoch, m.run, delivery, attempt, 'errorType', 'Quarantined',
      'errorMessage', 'Its entry is malformed: ' .. reason .. '.', 'errorStack', bytes)
  else
    call('XADD', c.events, '*', 'type', 'QUARANTINED', 'stream', lane, 'entry', id, 'reason', reason, 'bytes', bytes)
  end
end

-- Decides on what lies at a place: its fields if it is valid and may run; else nil, and the job is ended if it was valid.
local function vet(c, lane, id, flat, f, delivery)
  local reason = defect(f, flat) or astray(f, lane)
  if reason then
    quarantine(c, lane, id, flat, f, delivery, reason)
  else
    local flags = flags_of(c, f.job, f.epoch, f.run, place_of(lane), id)
    if flags and find(flags, 'C', 1, true) then
      finish_job(c, f.job, 'CANCELLED', f.epoch, f.run, delivery, f.attempt)
    elseif flags and f.expires and tonumber(f.expires) <= c.now then
      finish_job(c, f.job, 'EXPIRED', f.epoch, f.run, delivery, f.attempt)
    elseif flags then
      return f
    end
  end
  return nil
end

-- Decides on an entry that is in the caller's hands: its fields if it may run, else nil, with it taken off the lane.
local function admit(c, lane, id, flat, delivery)
  local f = vet(c, lane, id, flat, parse(flat), delivery)
  if not f then remove(c, lane, { id }) end
  return f
end

-- as admit, for callers that must go on to the next entry whatever happens with this one
local function admit_safely(c, lane, id, flat, delivery)
  local ok, f = pcall(admit, c, lane, id, flat, delivery)
  return ok and f or nil
end

-- Adds an entry with some of its fields changed, and lets the marker name it. A time that it did not have goes behind
-- its deaths: fields stand in one order always.
local function add(c, to, flat, job, run, changed)
  local copy, due = {}, changed.due
  for i = 1, #flat, 2 do
    local name = flat[i]
    if name ~= 'due' or not due then
      copy[#copy + 1] = name
      copy[#copy + 1] = changed[name] or flat[i + 1]
    end
    if name == 'deaths' and due then
      copy[#copy + 1] = 'due'
      copy[#copy + 1] = due
    end
  end
  local entry = call('XADD', to, '*', unpack(copy))
  mark(c, job, c.epoch, run, place_of(to), entry)
end

-- Puts an entry on another lane as the next run of its job. It leaves the old one.
local function move(c, from, id, flat, f, deaths, to)
  local run = int(tonumber(f.run) + 1)
  add(c, to, flat, f.job, run, { epoch = c.epoch, run = run, deaths = int(deaths) })
  remove(c, from, { id })
  event(c, f.job, 'QUEUED', c.epoch, run, '0', f.attempt)
end

-- Whether an entry is one of an earlier epoch: then it goes back, as the next run of its job and with the epoch of now. A
-- Redis that was set back to an earlier state has forgotten to whom it gave what lies there, and would give it away once
-- more under the same token.
local function sent_back(c, lane, id, flat, f, deaths, to)
  if f.epoch == c.epoch then return false end
  move(c, lane, id, flat, f, deaths, to)
  return true
end

local function drop_timer(c, job)
  pcall_('ZREM', c.timers, job)
  pcall_('HDEL', c.jobs, job)
end

-- nil where timers can be kept; else, since somebody wrote one of their keys by hand, the error to answer with
local function no_timers(timers, jobs)
  if kind(pcall_('ZCARD', timers)) == 'number' and kind(pcall_('HLEN', jobs)) == 'number' then return nil end
  return redis.error_reply('NOTIMERS ' .. timers .. ' is no sorted set, or ' .. jobs .. ' no hash; delete what is there')
end

-- what an event tells of a run that went on until now
local function started(c, ran)
  return ran ~= '' and { 'started', int(c.now - tonumber(ran)), 'worker', c.consumer, 'ran', ran } or {}
end

local function body(lane, id)
  local found = pcall_('XRANGE', lane, id, id)
  return not found.err and found[1] and found[1][2] or nil
end

local function read_new(c, lane, n)
  local got = pcall_('XREADGROUP', 'GROUP', c.group, c.consumer, 'COUNT', n, 'STREAMS', lane, '>')
  if got and got.err and find(got.err, 'NOGROUP', 1, true) then
    call('XGROUP', 'CREATE', lane, c.group, '0', 'MKSTREAM')
    got = pcall_('XREADGROUP', 'GROUP', c.group, c.consumer, 'COUNT', n, 'STREAMS', lane, '>')
  end
  if not got or got.err then return {} end
  return got[1][2]
end

local function bound(callback)
  return function(K, A)
    if not call then bind() end
    return callback(K, A)
  end
end

local function register(name, callback)
  redis.register_function { function_name = name, callback = bound(callback), flags = { 'allow-oom' } }
end

-- mr_version: the library's number.
register('mr_version', function() return VERSION end)

-- mr_epoch_1  KEYS epoch  → the epoch that the shard was blessed with
register('mr_epoch_1', function(K)
  if cold(K[1]) then return cold_reply() end
  return blessed
end)

-- mr_bless_1  KEYS epoch  ARGV epoch  → OK. Opens the shard.
register('mr_bless_1', function(K, A)
  call('SET', K[1], A[1])
  blessed = A[1]
  return redis.status_reply('OK')
end)

-- mr_ended_1  KEYS marker…  ARGV epoch.run…  → OK. For a reconcile, before it blesses; also works while COLD.
register('mr_ended_1', function(K, A)
  for i = 1, #K do call('SET', K[i], A[i] .. '|E|0|', 'PX', MARKER_TTL) end
  return redis.status_reply('OK')
end)

-- mr_group_1  KEYS stream  ARGV group  → 1 if the group, which begins at the stream's start, was made; 0 if it was there.
-- For a Redis whose memory is used up: it refuses the plain command. Also works while COLD.
register('mr_group_1', function(K, A)
  return pcall_('XGROUP', 'CREATE', K[1], A[1], '0', 'MKSTREAM').err and 0 or 1
end)

-- entries of a lane; a key that is no stream has no room for any
local function length(lane)
  local n = pcall_('XLEN', lane)
  return kind(n) == 'number' and n or WINDOW_COUNT
end

-- bytes of a lane; small ones are not worth asking for
local function is_full(lane, live)
  return live >= WINDOW_COUNT or (live >= 1000 and (call('MEMORY', 'USAGE', lane) or 0) >= WINDOW_BYTES)
end

local function id_after(a, b)
  local am, as = match(a, '^(%d+)%-(%d+)$')
  local bm, bs = match(b, '^(%d+)%-(%d+)$')
  am, as, bm, bs = tonumber(am), tonumber(as), tonumber(bm), tonumber(bs)
  return am > bm or (am == bm and as > bs)
end

local function last_delivered(lane, group)
  local groups = pcall_('XINFO', 'GROUPS', lane)
  if groups.err then return '0-0' end
  for _, g in ipairs(groups) do
    local info = parse(g)
    if info.name == group then return info['last-delivered-id'] end
  end
  return '0-0'
end

-- whether an entry is there and will still be given to someone
local function reachable(c, lane, id)
  return body(lane, id) ~= nil and (pending(c, lane, id) ~= nil or id_after(id, last_delivered(lane, c.group)))
end

-- Whether the job of a live marker will still reach a worker; if not, what is left of it is removed.
local function reaches_worker(c, job, m, lane, suspect)
  if m.place == 't' then
    if kind(pcall_('ZSCORE', c.timers, job)) == 'string' and pcall_('HEXISTS', c.jobs, job) == 1 then return true end
    drop_timer(c, job)
    return false
  end
  local where, reader = lane, c
  if m.place == 's' then where = suspect end
  if m.place == 'd' then where, reader = c.delays, c.scheduler end
  if reachable(reader, where, m.entry) then return true end
  remove(reader, where, { m.entry })
  return false
end

-- OK and the run, if a job may be put somewhere; else what became of it before
local function admission(c, mode, f, marker, run, lane, suspect)
  local raw = read_marker(marker)
  local m = raw and parse_marker(raw)
  if not m then return 'OK', run end
  -- a reconcile names the run behind the one that it knows to live: has that one ended, then the record lags behind
  local known = mode == 'RECONCILE' and run - 1 or run
  if m.place == 'E' then return tonumber(m.run) >= known and 'ENDED' or 'OK', run end
  if mode ~= 'RECONCILE' or reaches_worker(c, f.job, m, lane, suspect) then return 'DUP', run end
  return 'OK', math.max(run, tonumber(m.run) + 1)
end

-- Puts a job where it belongs now: what is due on its lane, the others on the delays, of which no event tells.
local function put(c, lane, f, fields, marker, run)
  local delayed = f.due and tonumber(f.due) > c.now
  local to = delayed and c.delays or lane
  local entry = call('XADD', to, '*', unpack(fields))
  call('SET', marker, c.epoch .. '.' .. run .. '|' .. place_of(to) .. '|' .. entry .. '|')
  if run ~= '1' and not delayed then event(c, f.job, 'QUEUED', c.epoch, run, '0', f.attempt) end
  return not delayed
end

--[[ mr_enqueue_1  KEYS epoch, events, delays, timers, timers:jobs, (lane, its queue's suspect lane)…, marker…
ARGV mode, asOf ms, number of lanes, group, group of delays, then for each job: lane's number, run, n, n field names and
values  → a list: OK | DUP | ENDED | FULL for each job, or the one word LATE. What is not due yet is never FULL. ]]
redis.register_function {
  function_name = 'mr_enqueue_1',
  callback = bound(function(K, A)
    if cold(K[1]) then return cold_reply() end
    local c = { events = K[2], delays = K[3], timers = K[4], jobs = K[5], now = now_ms(), group = A[4], epoch = blessed }
    c.scheduler = { group = A[5] }
    local as_of = tonumber(A[2])
    if as_of < c.now - LATE_AFTER or as_of > c.now + EARLY_BY then return { 'LATE' } end
    local lanes, at, replies, full, live = tonumber(A[3]), 6, {}, {}, {}
    for j = 1, #K - 5 - 2 * lanes do
      local lane, suspect = K[4 + 2 * tonumber(A[at])], K[5 + 2 * tonumber(A[at])]
      local n, marker = tonumber(A[at + 2]), K[5 + 2 * lanes + j]
      if full[lane] == nil then
        live[lane] = length(lane)
        full[lane] = is_full(lane, live[lane])
      end
      local fields = { 'epoch', c.epoch, 'run', A[at + 1] }
      for i = 1, n do fields[4 + i] = A[at + 2 + i] end
      local f = parse(fields)
      local reply, run = admission(c, A[1], f, marker, tonumber(A[at + 1]), lane, suspect)
      local waits = f.due and tonumber(f.due) > c.now
      if reply == 'OK' and not waits and (full[lane] or live[lane] >= WINDOW_COUNT) then reply = 'FULL' end
      if reply == 'OK' then
        fields[4] = int(run)
        if put(c, lane, f, fields, marker, fields[4]) then live[lane] = live[lane] + 1 end
      end
      replies[j] = reply
      at = at + 3 + n
    end
    return replies
  end)
}

--[[ mr_take_1  KEYS epoch, events, paused, lane…  ARGV group, consumer, marker prefix, n
→ up to n times (lane's number, entry, fields), the lanes in order; none while paused. Their delivery is 1. Entries of an
earlier epoch go back to the end of their lane first. ]]
register('mr_take_1', function(K, A)
  if cold(K[1]) then return cold_reply() end
  local c = { events = K[2], group = A[1], consumer = A[2], prefix = A[3], now = now_ms(), epoch = blessed }
  local taken, wanted, looked = {}, tonumber(A[4]), 0
  if call('EXISTS', K[3]) == 1 then return taken end
  for l = 4, #K do
    while #taken < wanted and looked < MAX_READ do
      local entries = read_new(c, K[l], wanted - #taken)
      looked = looked + #entries
      if #entries == 0 then break end
      for _, e in ipairs(entries) do
        local f = admit_safely(c, K[l], e[1], e[2], '1')
        if f and not sent_back(c, K[l], e[1], e[2], f, tonumber(f.deaths), K[l]) then
          taken[#taken + 1] = { l - 3, e[1], e[2] }
        end
      end
    end
  end
  return taken
end)

--[[ mr_start_1  KEYS epoch, events, paused, lane…  ARGV group, consumer, marker prefix, n, then n
times lane's number, entry, delivery, number of the lane it goes to if the queue is paused or the entry is one of an earlier
epoch; all of one queue
→ GO | DROPPED | FENCED for each. ]]
register('mr_start_1', function(K, A)
  if cold(K[1]) then return cold_reply() end
  local c = { events = K[2], group = A[1], consumer = A[2], prefix = A[3], now = now_ms(), epoch = blessed }
  local paused, replies = call('EXISTS', K[3]) == 1, {}
  for i = 1, tonumber(A[4]) do
    local o = 1 + 4 * i
    local lane, id, delivery, target = K[3 + tonumber(A[o])], A[o + 1], A[o + 2], K[3 + tonumber(A[o + 3])]
    local flat = holds(c, lane, id, delivery) and body(lane, id)
    local f = flat and admit_safely(c, lane, id, flat, delivery)
    if flat == false then
      replies[i] = 'FENCED'
    elseif not f then
      if not flat then remove(c, lane, { id }) end
      replies[i] = 'DROPPED'
    elseif paused or f.epoch ~= c.epoch then
      move(c, lane, id, flat, f, tonumber(f.deaths) + tonumber(delivery) - 1, target)
      replies[i] = 'DROPPED'
    else
      event(c, f.job, 'STARTED', f.epoch, f.run, delivery, f.attempt, 'worker', c.consumer)
      replies[i] = 'GO'
    end
  end
  return replies
end)

--[[ mr_note_1  KEYS epoch, events, lane…  ARGV group, consumer, then 11 for each: lane's number, entry, job, epoch, run,
delivery, attempt, ms since its start or '', current or '', total, message
→ the numbers of those that this consumer does not hold. ]]
register('mr_note_1', function(K, A)
  if cold(K[1]) then return cold_reply() end
  local c = { events = K[2], group = A[1], consumer = A[2], now = now_ms() }
  local now, lost = c.now, {}
  for i = 1, (#A - 2) / 11 do
    local o = 11 * i - 8
    local job, epoch, run, delivery, attempt = A[o + 2], A[o + 3], A[o + 4], A[o + 5], A[o + 6]
    if not holds(c, K[2 + tonumber(A[o])], A[o + 1], delivery) then
      lost[#lost + 1] = i
    else
      if A[o + 7] ~= '' then
        c.now = now - tonumber(A[o + 7])
        event(c, job, 'STARTED', epoch, run, delivery, attempt, 'worker', c.consumer)
        c.now = now
      end
      if A[o + 8] ~= '' then
        event(c, job, 'PROGRESS', epoch, run, delivery, attempt, 'current', A[o + 8], 'total', A[o + 9], 'message', A[o + 10])
      end
    end
  end
  return lost
end)

--[[ mr_finish_1  KEYS epoch, events, lane…  ARGV group, consumer, marker prefix, n, then for each: lane's number, entry,
job, epoch, run, delivery, attempt, state, ms it ran or '', k, k names and values (result, errorType …)
→ OK | FENCED for each. OK also if this very delivery has ended already: the reply was lost. ]]
register('mr_finish_1', function(K, A)
  if cold(K[1]) then return cold_reply() end
  local c = { events = K[2], group = A[1], consumer = A[2], prefix = A[3], now = now_ms() }
  local replies, done, o = {}, {}, 5
  for l = 3, #K do done[l] = {} end
  for i = 1, tonumber(A[4]) do
    local l, id, job, epoch, run = 2 + tonumber(A[o]), A[o + 1], A[o + 2], A[o + 3], A[o + 4]
    local delivery, attempt, state, ran, k = A[o + 5], A[o + 6], A[o + 7], A[o + 8], tonumber(A[o + 9])
    local raw = read_marker(c.prefix .. job)
    local reply = 'FENCED'
    if raw == epoch .. '.' .. run .. '|E|' .. delivery .. '|' then
      reply = 'OK'
    elseif holds(c, K[l], id, delivery) then
      done[l][#done[l] + 1] = id
      local flags = flags_in(raw, epoch, run, place_of(K[l]), id)
      if flags then
        if state ~= 'SUCCEEDED' and find(flags, 'C', 1, true) then state = 'CANCELLED' end
        local more = started(c, ran)
        for x = 1, k do more[#more + 1] = A[o + 9 + x] end
        finish_job(c, job, state, epoch, run, delivery, attempt, unpack(more))
        reply = 'OK'
      end
    end
    replies[i] = reply
    o = o + 10 + k
  end
  for l = 3, #K do remove(c, K[l], done[l]) end
  return replies
end)

--[[ mr_handback_1  KEYS epoch, events, lane…  ARGV group, consumer, marker prefix, then 4 for each: lane's number, entry,
delivery, number of the lane it goes to  → OK | FENCED for each. ]]
register('mr_handback_1', function(K, A)
  if cold(K[1]) then return cold_reply() end
  local c = { events = K[2], group = A[1], consumer = A[2], prefix = A[3], now = now_ms(), epoch = blessed }
  local replies = {}
  for i = 1, (#A - 3) / 4 do
    local o = 4 * i
    local lane, id, delivery, target = K[2 + tonumber(A[o])], A[o + 1], A[o + 2], K[2 + tonumber(A[o + 3])]
    local flat = holds(c, lane, id, delivery) and body(lane, id)
    local f = flat and admit_safely(c, lane, id, flat, delivery)
    if f then move(c, lane, id, flat, f, tonumber(f.deaths) + tonumber(delivery) - 1, target) end
    if flat == nil then remove(c, lane, { id }) end
    replies[i] = flat and 'OK' or 'FENCED'
  end
  return replies
end)

-- Ends a run for now: its job waits on the delays for its next one. False if the entry is not the job's any more.
local function defer(c, lane, id, flat, delivery, deferral)
  local f = parse(flat)
  local flags = flags_of(c, f.job, f.epoch, f.run, place_of(lane), id)
  if flags and find(flags, 'C', 1, true) then
    finish_job(c, f.job, 'CANCELLED', f.epoch, f.run, delivery, f.attempt, unpack(deferral.more))
  elseif flags then
    local run, deaths = int(tonumber(f.run) + 1), int(tonumber(f.deaths) + tonumber(delivery) - 1)
    local changed = { epoch = c.epoch, run = run, deaths = deaths, attempt = deferral.attempt, due = deferral.due }
    add(c, c.delays, flat, f.job, run, changed)
    event(c, f.job, 'DEFERRED', f.epoch, f.run, delivery, deferral.attempt, 'why', deferral.why, 'due', deferral.due,
      unpack(deferral.more))
  end
  remove(c, lane, { id })
  return flags ~= nil
end

--[[ mr_defer_1  KEYS epoch, events, delays, lane…  ARGV group, consumer, marker prefix, n, then for each: lane's number,
entry, delivery, RETRY | SNOOZE | THROTTLE, after | at, ms of it, next attempt, ms it ran or '', k, k names and values
(errorType …)  → OK | FENCED for each. ]]
register('mr_defer_1', function(K, A)
  if cold(K[1]) then return cold_reply() end
  local c = { events = K[2], delays = K[3], group = A[1], consumer = A[2], prefix = A[3], now = now_ms(), epoch = blessed }
  local replies, o = {}, 5
  for i = 1, tonumber(A[4]) do
    local lane, id, delivery, k = K[3 + tonumber(A[o])], A[o + 1], A[o + 2], tonumber(A[o + 8])
    local flat = holds(c, lane, id, delivery) and body(lane, id)
    local deferral = { why = A[o + 3], attempt = A[o + 6], more = started(c, A[o + 7]) }
    deferral.due = A[o + 4] == 'at' and A[o + 5] or int(c.now + tonumber(A[o + 5]))
    for x = 1, k do deferral.more[#deferral.more + 1] = A[o + 8 + x] end
    if flat == nil then remove(c, lane, { id }) end
    replies[i] = flat and defer(c, lane, id, flat, delivery, deferral) and 'OK' or 'FENCED'
    o = o + 9 + k
  end
  return replies
end)

-- Makes timers of entries of the delays, given as (id, fields or nil); how many. Whoever asks may: an entry is held once,
-- since its marker then names it no more.
local function hold(c, delays, entries)
  local times, jobs, ids = {}, {}, {}
  for i, e in ipairs(entries) do
    local f = e[2] and admit_safely(c, delays, e[1], e[2], '0')
    ids[i] = e[1]
    if f then
      times[#times + 1], times[#times + 2] = f.due or int(c.now), f.job
      jobs[#jobs + 1], jobs[#jobs + 2] = f.job, cjson.encode(e[2])
      mark(c, f.job, f.epoch, f.run, 't', '')
    end
  end
  if #times > 0 then
    call('ZADD', c.timers, unpack(times))
    call('HSET', c.jobs, unpack(jobs))
  end
  remove(c, delays, ids)
  return #times / 2
end

-- mr_hold_1  KEYS epoch, events, delays, timers, timers:jobs  ARGV group, marker prefix, entry…
-- → how many of the entries, which some scheduler was given before, are timers now
register('mr_hold_1', function(K, A)
  if cold(K[1]) then return cold_reply() end
  local c = { events = K[2], timers = K[4], jobs = K[5], group = A[1], prefix = A[2], now = now_ms(), epoch = blessed }
  local broken, entries = no_timers(K[4], K[5]), {}
  if broken then return broken end
  for i = 3, #A do entries[i - 2] = { A[i], body(K[3], A[i]) } end
  return hold(c, K[3], entries)
end)

-- mr_hold_new_1  KEYS epoch, events, delays, timers, timers:jobs  ARGV group, consumer, marker prefix, n
-- → how many of up to n entries, which no scheduler was given before, are timers now
register('mr_hold_new_1', function(K, A)
  if cold(K[1]) then return cold_reply() end
  local c = { events = K[2], timers = K[4], jobs = K[5], group = A[1], consumer = A[2], prefix = A[3], now = now_ms(), epoch = blessed }
  local broken = no_timers(K[4], K[5])
  return broken or hold(c, K[3], read_new(c, K[3], A[4]))
end)

local function decoded(text)
  local ok, flat = pcall(cjson.decode, text)
  return ok and kind(flat) == 'table' and flat or nil
end

-- Brings the job of a timer to its lane, a suspect's to the suspect lane; false if it may not run.
local function release(c, job, text, queues)
  if not text then return false end
  local flat = decoded(text)
  local f = flat and parse(flat)
  if not f or f.job ~= job then
    quarantine(c, c.timers, '', { text }, { job = job }, '0', 'what its timer kept is not its fields')
    return false
  end
  f = vet(c, c.timers, '', flat, f, '0')
  if not f then return false end
  local label = tonumber(f.deaths) >= MAX_DEATHS and 'suspect' or f.band
  add(c, queues .. f.queue .. ':' .. label, flat, job, f.run, { epoch = c.epoch })
  event(c, job, 'QUEUED', c.epoch, f.run, '0', f.attempt)
  return true
end

--[[ mr_release_1  KEYS epoch, events, timers, timers:jobs  ARGV marker prefix, prefix of queues' keys, n
→ ms now, ms at which the next timer is due or -1, then for each that went to its lane the ms by which it was late. Looks at
no more than n timers, the longest due first. ]]
register('mr_release_1', function(K, A)
  if cold(K[1]) then return cold_reply() end
  local c = { events = K[2], timers = K[3], jobs = K[4], prefix = A[1], now = now_ms(), epoch = blessed }
  local broken = no_timers(K[3], K[4])
  if broken then return broken end
  local due = call('ZRANGE', K[3], '-inf', int(c.now), 'BYSCORE', 'LIMIT', 0, A[3], 'WITHSCORES')
  local replies = { c.now, -1 }
  local jobs = {}
  for i = 1, #due, 2 do jobs[#jobs + 1] = due[i] end
  if #jobs > 0 then
    local texts = call('HMGET', K[4], unpack(jobs))
    call('ZREM', K[3], unpack(jobs))
    call('HDEL', K[4], unpack(jobs))
    for i = 1, #jobs do
      local ok, gone = pcall(release, c, jobs[i], texts[i], A[2])
      if ok and gone then replies[#replies + 1] = c.now - tonumber(due[2 * i]) end
    end
  end
  local head = call('ZRANGE', K[3], 0, 0, 'WITHSCORES')
  if head[2] then replies[2] = tonumber(head[2]) end
  return replies
end)

-- The fields of a job that no worker was given, taken from where it was; nil if it is not there.
local function taken_back(c, job, m, lane)
  local text, flat
  if m.place == 't' then
    text = pcall_('HGET', c.jobs, job)
    drop_timer(c, job)
    return kind(text) == 'string' and (decoded(text) or {})
  end
  local reader = m.place == 'd' and c.scheduler or c
  flat = body(lane, m.entry)
  remove(reader, lane, { m.entry })
  return flat
end

local function cancel(c, job, run, reason, lanes)
  local raw = read_marker(c.prefix .. job)
  local m = raw and parse_marker(raw)
  if m and m.place == 'E' and tonumber(m.run) >= run then return 'ENDED' end
  local lane = m and lanes[m.place]
  if lane and m.place ~= 'd' and pending(c, lane, m.entry) then
    if reason == 'EXPIRED' then return 'HELD' end
    if not find(m.flags, 'C', 1, true) then call('SET', c.prefix .. job, raw .. 'C') end
    return 'FLAGGED'
  end
  local flat = (lane or (m and m.place == 't')) and taken_back(c, job, m, lane)
  if flat then
    local attempt = parse(flat).attempt
    finish_job(c, job, reason, m.epoch, m.run, '0', is_number(attempt, 1, 2147483647) and attempt or '1')
    return 'CANCELLED'
  end
  local last = m and math.max(run, tonumber(m.run)) or run
  call('SET', c.prefix .. job, c.epoch .. '.' .. int(last) .. '|E|0|', 'PX', MARKER_TTL)
  return 'NONE'
end

--[[ mr_cancel_1  KEYS epoch, events, delays, timers, timers:jobs, for each queue its lanes critical, high, normal, low,
suspect  ARGV group, group of delays, marker prefix, then 4 for each: job, run, CANCELLED | EXPIRED, queue's number
→ CANCELLED (it waited: it has ended as asked) | FLAGGED (a worker has it) | HELD (a worker has it: it may not expire) | ENDED
(this run or a later one) | NONE (it was nowhere; an enqueue of this run answers ENDED for a while) for each. ]]
register('mr_cancel_1', function(K, A)
  if cold(K[1]) then return cold_reply() end
  local c = { events = K[2], timers = K[4], jobs = K[5], group = A[1], prefix = A[3], now = now_ms(), epoch = blessed }
  c.scheduler = { group = A[2] }
  local replies = {}
  for i = 1, (#A - 3) / 4 do
    local o = 4 * i
    local k = 1 + 5 * tonumber(A[o + 3])
    local lanes = { qcritical = K[k], qhigh = K[k + 1], qnormal = K[k + 2], qlow = K[k + 3], s = K[k + 4], d = K[3] }
    replies[i] = cancel(c, A[o], tonumber(A[o + 1]), A[o + 2], lanes)
  end
  return replies
end)

-- mr_pause_1  KEYS epoch, paused  → OK. From now on nothing of the queue starts.
register('mr_pause_1', function(K)
  if cold(K[1]) then return cold_reply() end
  call('SET', K[2], '1')
  return redis.status_reply('OK')
end)

-- mr_resume_1  KEYS epoch, paused  → OK
register('mr_resume_1', function(K)
  if cold(K[1]) then return cold_reply() end
  call('DEL', K[2])
  return redis.status_reply('OK')
end)

--[[ mr_renew_1  KEYS epoch, the worker's key, lane…  ARGV group, consumer, marker prefix, lease ms, then 4 for each: lane's
number, entry, delivery, job  → two lists of numbers: no longer held, flagged for cancel. ]]
register('mr_renew_1', function(K, A)
  if cold(K[1]) then return cold_reply() end
  local c = { group = A[1], consumer = A[2], prefix = A[3] }
  local lost, flagged, mine = {}, {}, {}
  call('SET', K[2], '1', 'PX', A[4])
  for l = 3, #K do mine[l] = {} end
  for i = 1, (#A - 4) / 4 do
    local o = 4 * i + 1
    local l, id = 2 + tonumber(A[o]), A[o + 1]
    if holds(c, K[l], id, A[o + 2]) then
      mine[l][#mine[l] + 1] = id
      local raw = read_marker(c.prefix .. A[o + 3])
      if raw and find(match(raw, '([^|]*)$'), 'C', 1, true) then flagged[#flagged + 1] = i end
    else
      lost[#lost + 1] = i
    end
  end
  for l = 3, #K do
    if #mine[l] > 0 then
      local claim = { 'XCLAIM', K[l], c.group, c.consumer, '0', unpack(mine[l]) }
      claim[#claim + 1] = 'JUSTID'
      call(unpack(claim))
    end
  end
  return { lost, flagged }
end)

-- One abandoned entry of a band: to the suspect lane if its workers keep dying, else into the caller's hands.
local function take_over(c, lane, id, deliveries, suspect)
  local flat = body(lane, id)
  if not flat then
    remove(c, lane, { id })
    return nil
  end
  local f = admit(c, lane, id, flat, deliveries)
  if not f then return nil end
  local deaths = tonumber(f.deaths) + deliveries
  if deaths >= MAX_DEATHS then
    move(c, lane, id, flat, f, deaths, suspect)
    return nil
  end
  if sent_back(c, lane, id, flat, f, deaths, lane) then return nil end
  call('XCLAIM', lane, c.group, c.consumer, '0', id)
  return flat
end

-- One abandoned suspect: it ran alone, so if its worker died, it did it.
local function judge(c, lane, id, deliveries, owner, died)
  local flat = body(lane, id)
  if not flat then return remove(c, lane, { id }) end
  local f = admit(c, lane, id, flat, deliveries)
  if not f then return end
  local deaths = tonumber(f.deaths) + deliveries
  if died then
    finish_job(c, f.job, 'FAILED', f.epoch, f.run, deliveries, f.attempt, 'errorType', 'Quarantined', 'errorMessage',
      'It outlived ' .. int(deaths) .. ' workers, the last one, ' .. owner .. ', while it ran there alone.')
    remove(c, lane, { id })
  else
    move(c, lane, id, flat, f, tonumber(f.deaths), lane)
  end
end

--[[ mr_reclaim_1  KEYS epoch, events, paused, suspect lane, band…  ARGV group, consumer, marker prefix, n, lease ms, prefix of
workers' keys  → up to n times (band's number, entry, fields, delivery), which still have to be started. ]]
register('mr_reclaim_1', function(K, A)
  if cold(K[1]) then return cold_reply() end
  local c = { events = K[2], group = A[1], consumer = A[2], prefix = A[3], now = now_ms(), epoch = blessed }
  local n, lease, taken, alive = tonumber(A[4]), tonumber(A[5]), {}, {}
  if call('EXISTS', K[3]) == 1 then return taken end
  local function gone(owner)
    if alive[owner] == nil then alive[owner] = call('EXISTS', A[6] .. owner) == 1 end
    return not alive[owner]
  end
  for l = 4, #K do
    local idle = pcall_('XPENDING', K[l], c.group, 'IDLE', A[5], '-', '+', n + 100)
    for _, p in ipairs(idle.err and {} or idle) do
      if #taken >= n then return taken end
      local id, owner, deliveries = p[1], p[2], p[4]
      local died = gone(owner)
      if owner ~= c.consumer and (died or p[3] >= 2 * lease) then
        if l == 4 then
          pcall(judge, c, K[l], id, deliveries, owner, died)
        else
          local ok, flat = pcall(take_over, c, K[l], id, deliveries, K[4])
          if ok and flat then taken[#taken + 1] = { l - 4, id, flat, deliveries + 1 } end
        end
      end
    end
  end
  return taken
end)

-- mr_lone_1  KEYS epoch, lone  ARGV consumer, lease ms  → 1 if the consumer holds the key now, else 0
register('mr_lone_1', function(K, A)
  if cold(K[1]) then return cold_reply() end
  local holder = pcall_('GET', K[2])
  if holder and holder ~= A[1] then return 0 end
  call('SET', K[2], A[1], 'PX', A[2])
  return 1
end)

-- mr_unlone_1  KEYS epoch, lone  ARGV consumer  → OK. Lets go of the key if the consumer holds it.
register('mr_unlone_1', function(K, A)
  if cold(K[1]) then return cold_reply() end
  if pcall_('GET', K[2]) == A[1] then call('DEL', K[2]) end
  return redis.status_reply('OK')
end)

--[[ mr_projected_1  KEYS epoch, events, marker…  ARGV group, n, n entries, then epoch.run for each marker
→ OK. Called after the commit; only a marker that stands at exactly this end begins to expire. ]]
register('mr_projected_1', function(K, A)
  if cold(K[1]) then return cold_reply() end
  local n = tonumber(A[2])
  for from = 3, n + 2, 1000 do
    call('XACK', K[2], A[1], unpack(A, from, math.min(from + 999, n + 2)))
  end
  for i = 3, #K do
    local ended = A[n + i] .. '|E|'
    local raw = read_marker(K[i])
    if raw and string.sub(raw, 1, #ended) == ended then call('PEXPIRE', K[i], MARKER_TTL) end
  end
  return redis.status_reply('OK')
end)

-- mr_forget_1  KEYS epoch, lane  ARGV group, consumer  → BUSY while something is pending for the consumer, else DONE
register('mr_forget_1', function(K, A)
  if cold(K[1]) then return cold_reply() end
  local consumers = pcall_('XINFO', 'CONSUMERS', K[2], A[1])
  for _, found in ipairs(consumers.err and {} or consumers) do
    local info = parse(found)
    if info.name == A[2] then
      if info.pending > 0 then return 'BUSY' end
      call('XGROUP', 'DELCONSUMER', K[2], A[1], A[2])
    end
  end
  return 'DONE'
end)
