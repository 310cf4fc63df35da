-- Jobs come in.

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

-- Puts a job where it belongs now: what is due on its lane, the others on the delays, without an event. Whether on its lane.
local function put(c, lane, f, flat, for_old)
  local delayed = f.due and tonumber(f.due) > c.now
  add(c, delayed and c.delays or lane, f, flat, for_old)
  if f.run ~= '1' and not delayed then event(c, f.job, 'QUEUED', f.epoch, f.run, '0', f.attempt) end
  return not delayed
end

-- what became of one job of an enqueue, whatever is known of it, and whether it lies on its lane now
local function put_any(c, mode, marker, at, f, flat, for_old)
  local reply, run = admission(c, mode, f, marker, tonumber(f.run), at.lane, at.suspect)
  if reply ~= 'OK' then return reply, false end
  if not at.room and not (f.due and tonumber(f.due) > c.now) then return 'FULL', false end
  f.epoch, f.run = c.epoch, int(run)
  return 'OK', put(c, at.lane, f, flat, for_old)
end

-- Puts a job's first run on its lane if it has no marker yet, as nearly all that come in. The entry is written first, since
-- the marker names it, and is gone again before anyone is given it if there was one: false, and nothing is changed.
local function put_new(c, at, marker, job, head, payload, A, from, to)
  local entry
  if to < from then
    entry = call('XADD', at.lane, '*', 'r', c.first, 'j', job, 'h', head, 'p', payload)
  else
    entry = call('XADD', at.lane, '*', 'r', c.first, 'j', job, 'h', head, 'p', payload, unpack(A, from, to))
  end
  if call('SETNX', marker, c.first .. at.place .. entry .. '|') == 1 then return true end
  call('XDEL', at.lane, entry)
  return false
end

-- a lane of an enqueue: its keys, what markers say of it, and whether there is room
local function arrival(lane, suspect)
  local live = length(lane)
  local full = is_full(lane, live)
  local free = full and 0 or WINDOW_COUNT - live
  return { lane = lane, suspect = suspect, place = '|' .. place_of(lane) .. '|', free = free, room = free > 0 }
end

local function arrived(at)
  at.free = at.free - 1
  at.room = at.free > 0
end

-- the lanes of an enqueue, each when it is first asked for
local function arrivals(K)
  local found = {}
  return function(number)
    if not found[number] then found[number] = arrival(K[4 + 2 * tonumber(number)], K[5 + 2 * tonumber(number)]) end
    return found[number]
  end
end

local function enqueue_call(K, A)
  local c = { events = K[2], delays = K[3], timers = K[4], jobs = K[5], now = now_ms(), group = A[4], epoch = blessed }
  c.scheduler, c.prefix, c.first = { group = A[5] }, A[6], blessed .. '.1'
  local as_of = tonumber(A[2])
  return c, as_of < c.now - LATE_AFTER or as_of > c.now + EARLY_BY
end

--[[ mr_enqueue_2 puts jobs where they belong now: on their lane, lean, or on the delays what is not due yet. RECONCILE also
replaces a live marker whose job would reach no worker.
KEYS epoch, events, delays, timers, timers:jobs, (lane, its queue's suspect lane)…, marker…
ARGV SUBMIT | RECONCILE, asOf ms, number of lanes, group, group of delays, marker prefix, (lane's number, run, job, head,
payload, k, name or value × k)…
→ OK | DUP | ENDED | FULL for each, or the one word LATE; what is not due yet is never FULL
After a crash behind it: each job is where its reply says, with a marker that says the same; the same call again answers
DUP, or ENDED if it has ended meanwhile. ]]
register('mr_enqueue_2', function(K, A)
  local c, late = enqueue_call(K, A)
  if late then return { 'LATE' } end
  local lane, replies, markers, o = arrivals(K), {}, 5 + 2 * tonumber(A[3]), 7
  for j = 1, #K - markers do
    local at, run, job, head, payload = lane(A[o]), A[o + 1], A[o + 2], A[o + 3], A[o + 4]
    local from, to, marker = o + 6, o + 5 + tonumber(A[o + 5]), K[markers + j]
    local reply, on_lane = 'OK', true
    local plain = run == '1' and at.room and sub(head, 1, 1) == '|' and A[1] == 'SUBMIT'
    if not (plain and put_new(c, at, marker, job, head, payload, A, from, to)) then
      local flat = { 'r', c.epoch .. '.' .. run, 'j', job, 'h', head, 'p', payload, unpack(A, from, to) }
      reply, on_lane = put_any(c, A[1], marker, at, read(at.lane, flat), flat)
    end
    if on_lane then arrived(at) end
    replies[j] = reply
    o = to + 1
  end
  return replies
end, {}) -- refused while the memory is used up

--[[ mr_enqueue_1 is mr_enqueue_2 for apis of the release before, whose workers read named entries only.
KEYS epoch, events, delays, timers, timers:jobs, (lane, its queue's suspect lane)…, marker…
ARGV SUBMIT | RECONCILE, asOf ms, number of lanes, group, group of delays, (lane's number, run, k, name or value × k)…
→ OK | DUP | ENDED | FULL for each, or the one word LATE; what is not due yet is never FULL
After a crash behind it: as behind mr_enqueue_2. ]]
register('mr_enqueue_1', function(K, A)
  local c, late = enqueue_call(K, A)
  if late then return { 'LATE' } end
  local lane, replies, markers, o = arrivals(K), {}, 5 + 2 * tonumber(A[3]), 6
  for j = 1, #K - markers do
    local at, to, marker = lane(A[o]), o + 2 + tonumber(A[o + 2]), K[markers + j]
    local flat = { unpack(A, o + 3, to) }
    local f = parse(flat)
    f.run = A[o + 1]
    c.prefix = sub(marker, 1, -1 - #f.job) -- what stands before the job
    local reply, on_lane = put_any(c, A[1], marker, at, f, flat, true)
    if on_lane then arrived(at) end
    replies[j] = reply
    o = to + 1
  end
  return replies
end, {}) -- refused while the memory is used up
