-- Entries of lanes, delays and timers: what is wrong with one, who holds it, and how it goes to another place.

local UUID = '^%x%x%x%x%x%x%x%x' -- the string library is not there while this is loaded
  .. '%-%x%x%x%x%-%x%x%x%x%-%x%x%x%x'
  .. '%-%x%x%x%x%x%x%x%x%x%x%x%x$'

local HEAD = '^(%d*)|(%d*)|(%d+)|(%d+)|([^|]*)|(.*)$'

-- the fields that these functions know; of others they only know that an entry carries them
local OWN = { r = true, j = true, h = true, p = true, epoch = true, run = true, job = true, task = true, queue = true, band = true,
  tenant = true, attempt = true, deaths = true, due = true, expires = true, payload = true }

local function is_lean(flat) return flat[1] == 'r' end

-- the queue of a lane and its band or `suspect`; nothing for what holds jobs of all queues
local function names_of(lane) return match(lane, ':q:(.+):([^:]+)$') end

-- the fields of an entry by the names that a named one has, whichever it is
local function read(lane, flat)
  local f = parse(flat)
  if is_lean(flat) then
    f.epoch, f.run = match(f.r or '', '^(%d+)%.(%d+)$')
    f.due, f.expires, f.attempt, f.deaths, f.task, f.tenant = match(f.h or '', HEAD)
    if f.due == '' then f.due = nil end
    if f.expires == '' then f.expires = nil end
    f.queue, f.band = names_of(lane)
    f.job, f.payload = f.j, f.p
  end
  return f
end

-- what an entry carries besides, behind a list's own
local function append_others(list, flat)
  for i = 1, #flat, 2 do
    if not OWN[flat[i]] then
      list[#list + 1] = flat[i]
      list[#list + 1] = flat[i + 1]
    end
  end
  return list
end

-- Fields stand in one order always: Redis then stores their names once for many entries.
local function lean(f, flat)
  local times = (f.due or '') .. '|' .. (f.expires or '')
  local head = times .. '|' .. f.attempt .. '|' .. f.deaths .. '|' .. f.task .. '|' .. f.tenant
  return append_others({ 'r', f.epoch .. '.' .. f.run, 'j', f.job, 'h', head, 'p', f.payload }, flat)
end

local function named(f, flat)
  local list = { 'epoch', f.epoch, 'run', f.run, 'job', f.job, 'task', f.task, 'queue', f.queue, 'band', f.band,
    'tenant', f.tenant, 'attempt', f.attempt, 'deaths', f.deaths }
  for _, time in ipairs({ 'due', 'expires' }) do
    if f[time] then
      list[#list + 1] = time
      list[#list + 1] = f[time]
    end
  end
  append_others(list, flat)
  list[#list + 1] = 'payload'
  list[#list + 1] = f.payload
  return list
end

-- an entry as workers of the release before read it
local function as_named(lane, flat) return is_lean(flat) and named(read(lane, flat), flat) or flat end

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
  local queue, label = names_of(lane)
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
  local f = validate(c, lane, id, flat, read(lane, flat), delivery)
  if not f then remove(c, lane, { id }) end
  return f
end

-- as admit, for callers that must go on to the next entry whatever happens with this one
local function admit_safely(c, lane, id, flat, delivery)
  local ok, f = pcall(admit, c, lane, id, flat, delivery)
  return ok and f or nil
end

-- Whether an entry of a band that was just read may run, without a look at each of its parts: it is lean and not too long, of
-- this epoch, its head is one that does not expire, and its marker names it unflagged. A marker names only what these functions wrote. Of what is
-- not so admit decides.
local function passes(c, place, id, flat)
  if flat[1] ~= 'r' or flat[3] ~= 'j' or flat[5] ~= 'h' or flat[7] ~= 'p' or #flat > 2 * MAX_HEADERS then return false end
  local start = flat[2]
  return sub(start, 1, #c.own) == c.own and find(flat[6], '^%d*||%d+|%d+|[^|]+|.') ~= nil
    and pcall_('GET', c.prefix .. flat[4]) == start .. place .. id .. '|'
end

-- Adds an entry with the fields f, and what another carries besides, and lets the marker name it. To a band it is lean, unless
-- one of the release before is to read it.
local function add(c, to, f, flat, for_old)
  local _, label = names_of(to)
  local fields = BANDS[label] and not for_old and lean(f, flat) or named(f, flat)
  mark(c, f.job, f.epoch, f.run, place_of(to), call('XADD', to, '*', unpack(fields)))
end

-- Puts an entry on another lane as the next run of its job. It leaves the old one.
local function move(c, from, id, flat, f, deaths, to, for_old)
  f.epoch, f.run, f.deaths = c.epoch, int(tonumber(f.run) + 1), int(deaths)
  add(c, to, f, flat, for_old)
  remove(c, from, { id })
  event(c, f.job, 'QUEUED', f.epoch, f.run, '0', f.attempt)
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
