-- Entries of lanes, delays and timers: what is wrong with one, who holds it, and how it goes to another place.

local UUID = '^%x%x%x%x%x%x%x%x' -- the string library is not there while this is loaded
  .. '%-%x%x%x%x%-%x%x%x%x%-%x%x%x%x'
  .. '%-%x%x%x%x%x%x%x%x%x%x%x%x$'

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
local function wrong_lane(f, lane)
  local queue, label = match(lane, ':q:(.+):([^:]+)$')
  if not queue then return nil end
  if f.queue ~= queue then return 'it belongs to another queue' end
  if label ~= 'suspect' and f.band ~= label then return 'it belongs to another band' end
  return nil
end

local function body(lane, id)
  local found = pcall_('XRANGE', lane, id, id)
  return not found.err and found[1] and found[1][2] or nil
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

local function read_new(c, lane, n)
  local got = pcall_('XREADGROUP', 'GROUP', c.group, c.consumer, 'COUNT', n, 'STREAMS', lane, '>')
  if got and got.err and find(got.err, 'NOGROUP', 1, true) then
    call('XGROUP', 'CREATE', lane, c.group, '0', 'MKSTREAM')
    got = pcall_('XREADGROUP', 'GROUP', c.group, c.consumer, 'COUNT', n, 'STREAMS', lane, '>')
  end
  if not got or got.err then return {} end
  return got[1][2]
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
local function validate(c, lane, id, flat, f, delivery)
  local reason = defect(f, flat) or wrong_lane(f, lane)
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
  local f = validate(c, lane, id, flat, parse(flat), delivery)
  if not f then remove(c, lane, { id }) end
  return f
end

-- as admit, for callers that must go on to the next entry whatever happens with this one
local function admit_safely(c, lane, id, flat, delivery)
  local ok, f = pcall(admit, c, lane, id, flat, delivery)
  return ok and f or nil
end

-- Whether an entry that was just read may run, without a look at each of its fields: they stand where EntryCodec.java
-- writes them, it belongs to this lane and epoch, no time limits it, and its marker names it unflagged. A marker names only
-- what these functions wrote. Of what is not so admit decides.
local function passes(c, place, id, flat)
  local n = #flat
  if n < 20 or n > 2 * MAX_HEADERS or flat[10] ~= place.queue or flat[12] ~= place.band then return false end
  if flat[1] ~= 'epoch' or flat[3] ~= 'run' or flat[5] ~= 'job' or flat[7] ~= 'task' or flat[9] ~= 'queue' then return false end
  if flat[11] ~= 'band' or flat[13] ~= 'tenant' or flat[15] ~= 'attempt' or flat[17] ~= 'deaths' then return false end
  if flat[n - 1] ~= 'payload' or flat[19] == 'due' or flat[19] == 'expires' then return false end
  local epoch, key = flat[2], c.prefix .. flat[6]
  return epoch == c.epoch and pcall_('GET', key) == epoch .. '.' .. flat[4] .. '|' .. place.label .. '|' .. id .. '|'
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
