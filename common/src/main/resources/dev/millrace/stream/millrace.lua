#!lua name=millrace
--[[ Every move of a job between streams, each in one atomic step. The only writer of job keys.

A lane is a stream of one queue: mr:{s}:q:<queue>:<critical|high|normal|low|suspect>, read by the group `workers`.
A marker is mr:{s}:j:<job> = epoch.run|place|entry|flags: place q<band>, s (suspect), E (ended, with the delivery that
ended it for the entry); flag C: cancel requested. An entry is valid if and only if the marker of its job names its
epoch.run, place and id.
A caller holds an entry if the pending list says (this consumer, this delivery); nobody else may settle it.

Every function first checks what it was given, then writes. A bad entry costs itself only. All answer the error COLD
while the shard's epoch key, or the variable below, is missing: a restart loses the variable, FLUSHALL the key. Names
end in a version and never change meaning. Lists of up to about 250 items. Redis 7.0 commands only. ]]

local VERSION = '1'
local MARKER_TTL = 20000 -- ms that an end's marker outlives its commit; an enqueue may be 10 s late
local LATE_AFTER, EARLY_BY = 10000, 1000 -- ms around the caller's asOf
local WINDOW_COUNT, WINDOW_BYTES = 100000, 1073741824 -- per lane
local MAX_DEATHS = 2 -- a job that outlived so many workers runs alone
local MAX_BYTES = 65536 -- of a quarantined entry's bytes
local MAX_READ = 500 -- entries that one take looks at
local MAX_FIELDS = 500 -- of an entry; Lua cannot pass many thousand arguments to a command
local MAX_HEADERS = 256 -- among them, as in Job.java
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

-- the label of a lane's key is what stands behind its last colon
local function place_of(lane)
  local label = match(lane, '([^:]+)$')
  return label == 'suspect' and 's' or 'q' .. label
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
  if f.expires and not is_number(f.expires, 0, 999999999999999) then return 'expires is not milliseconds' end
  if not f.payload then return 'payload is missing' end
  return nil
end

-- what is wrong with an entry as one of this lane: its way back leads to the lane that its fields name
local function astray(f, lane)
  local queue, label = match(lane, ':q:(.+):([^:]+)$')
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
  if place == 's' or band then
    if (band and not BANDS[band]) or not is_entry(entry) then return nil end
  elseif place ~= 'E' and place ~= 'd' and place ~= 't' then
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

-- Decides on an entry that is in the caller's hands: its fields if it may run, else nil, with it taken off the lane.
local function admit(c, lane, id, flat, delivery)
  local f = parse(flat)
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
  remove(c, lane, { id })
  return nil
end

-- as admit, for callers that must go on to the next entry whatever happens with this one
local function admit_safely(c, lane, id, flat, delivery)
  local ok, f = pcall(admit, c, lane, id, flat, delivery)
  return ok and f or nil
end

-- Puts an entry on another lane as the next run of its job. It leaves the old one.
local function move(c, from, id, flat, f, deaths, to)
  local run = int(tonumber(f.run) + 1)
  local changed = { epoch = c.epoch, run = run, deaths = int(deaths) }
  local copy = {}
  for i = 1, #flat, 2 do
    copy[i], copy[i + 1] = flat[i], changed[flat[i]] or flat[i + 1]
  end
  local entry = call('XADD', to, '*', unpack(copy))
  mark(c, f.job, c.epoch, run, place_of(to), entry)
  remove(c, from, { id })
  event(c, f.job, 'QUEUED', c.epoch, run, '0', f.attempt)
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

-- whether the entry that a live marker names will still reach a worker
local function reachable(c, lane, id)
  return body(lane, id) ~= nil and (pending(c, lane, id) ~= nil or id_after(id, last_delivered(lane, c.group)))
end

--[[ mr_enqueue_1  KEYS epoch, events, (lane, its queue's suspect lane)…, marker…
ARGV mode, asOf ms, number of lanes, group, then for each job: lane's number, run, n, n field names and values
→ a list: OK | DUP | ENDED | FULL for each job, or the one word LATE. ]]
redis.register_function {
  function_name = 'mr_enqueue_1',
  callback = bound(function(K, A)
    if cold(K[1]) then return cold_reply() end
    local c = { events = K[2], now = now_ms(), group = A[4], epoch = blessed, prefix = '' }
    local as_of = tonumber(A[2])
    if as_of < c.now - LATE_AFTER or as_of > c.now + EARLY_BY then return { 'LATE' } end
    local lanes, at, replies, full, live = tonumber(A[3]), 5, {}, {}, {}
    for j = 1, #K - 2 - 2 * lanes do
      local lane, suspect = K[1 + 2 * tonumber(A[at])], K[2 + 2 * tonumber(A[at])]
      local run, n, marker = tonumber(A[at + 1]), tonumber(A[at + 2]), K[2 + 2 * lanes + j]
      if full[lane] == nil then
        live[lane] = length(lane)
        full[lane] = is_full(lane, live[lane])
      end
      local raw = read_marker(marker)
      local m = raw and parse_marker(raw)
      local reply = 'OK'
      if m and m.place == 'E' then
        if tonumber(m.run) >= run then reply = 'ENDED' end
      elseif m then
        reply = 'DUP'
        if A[1] == 'RECONCILE' and (m.place == 's' or sub(m.place, 1, 1) == 'q') then
          local where = m.place == 's' and suspect or lane
          if not reachable(c, where, m.entry) then
            remove(c, where, { m.entry })
            run, reply = math.max(run, tonumber(m.run) + 1), 'OK'
          end
        end
      end
      if reply == 'OK' and (full[lane] or live[lane] >= WINDOW_COUNT) then reply = 'FULL' end
      if reply == 'OK' then
        local fields = { 'epoch', c.epoch, 'run', int(run) }
        for i = 1, n do fields[4 + i] = A[at + 2 + i] end
        local entry = call('XADD', lane, '*', unpack(fields))
        call('SET', marker, c.epoch .. '.' .. int(run) .. '|' .. place_of(lane) .. '|' .. entry .. '|')
        live[lane] = live[lane] + 1
        if run > 1 then
          local f = parse(fields)
          event(c, f.job, 'QUEUED', c.epoch, int(run), '0', f.attempt)
        end
      end
      replies[j] = reply
      at = at + 3 + n
    end
    return replies
  end)
}

--[[ mr_take_1  KEYS epoch, events, paused, lane…  ARGV group, consumer, marker prefix, n
→ up to n times (lane's number, entry, fields), the lanes in order; none while paused. Their delivery is 1. ]]
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
        if admit_safely(c, K[l], e[1], e[2], '1') then taken[#taken + 1] = { l - 3, e[1], e[2] } end
      end
    end
  end
  return taken
end)

--[[ mr_start_1  KEYS epoch, events, paused, lane…  ARGV group, consumer, marker prefix, n, then n
times lane's number, entry, delivery, number of the lane it goes to if the queue is paused; all of one queue
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
    elseif paused then
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
        local more = {}
        if ran ~= '' then more = { 'started', int(c.now - tonumber(ran)), 'worker', c.consumer, 'ran', ran } end
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
