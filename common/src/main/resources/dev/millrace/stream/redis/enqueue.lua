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

-- Puts a job where it belongs now: what is due on its lane, the others on the delays, without an event.
local function put(c, lane, f, fields, marker, run)
  local delayed = f.due and tonumber(f.due) > c.now
  local to = delayed and c.delays or lane
  local entry = call('XADD', to, '*', unpack(fields))
  call('SET', marker, c.epoch .. '.' .. run .. '|' .. place_of(to) .. '|' .. entry .. '|')
  if run ~= '1' and not delayed then event(c, f.job, 'QUEUED', c.epoch, run, '0', f.attempt) end
  return not delayed
end

local function waits_for_a_time(A, from, to)
  for i = from, to, 2 do
    if A[i] == 'due' then return true end
  end
  return false
end

-- Puts a job's first run on its lane if it has no marker yet, as nearly all that come in. The entry is written first, since
-- the marker names it, and is gone again before anyone is given it if there was one: false, and nothing is changed.
local function put_new(c, lane, place, marker, A, from, to)
  local entry = call('XADD', lane, '*', 'epoch', c.epoch, 'run', '1', unpack(A, from, to))
  if call('SETNX', marker, c.epoch .. '.1|' .. place .. '|' .. entry .. '|') == 1 then return true end
  call('XDEL', lane, entry)
  return false
end

-- what became of one job of an enqueue that put_new cannot decide; room says whether its lane has some
local function put_any(c, mode, marker, lane, suspect, run, room, A, from, to)
  local fields = { 'epoch', c.epoch, 'run', run }
  for i = from, to do fields[#fields + 1] = A[i] end
  local f = parse(fields)
  local reply, next_run = admission(c, mode, f, marker, tonumber(run), lane, suspect)
  if reply ~= 'OK' then return reply, false end
  if not room and not (f.due and tonumber(f.due) > c.now) then return 'FULL', false end
  fields[4] = int(next_run)
  return 'OK', put(c, lane, f, fields, marker, fields[4])
end

--[[ mr_enqueue_1 puts jobs where they belong now: on their lane, or on the delays what is not due yet. RECONCILE also
replaces a live marker whose job would reach no worker.
KEYS epoch, events, delays, timers, timers:jobs, (lane, its queue's suspect lane)…, marker…
ARGV SUBMIT | RECONCILE, asOf ms, number of lanes, group, group of delays, (lane's number, run, k, name or value × k)…
→ OK | DUP | ENDED | FULL for each, or the one word LATE; what is not due yet is never FULL
After a crash behind it: each job is where its reply says, with a marker that says the same; the same call again answers
DUP, or ENDED if it has ended meanwhile. ]]
register('mr_enqueue_1', function(K, A)
  local c = { events = K[2], delays = K[3], timers = K[4], jobs = K[5], now = now_ms(), group = A[4], epoch = blessed }
  c.scheduler = { group = A[5] }
  local as_of = tonumber(A[2])
  if as_of < c.now - LATE_AFTER or as_of > c.now + EARLY_BY then return { 'LATE' } end
  local lanes, at, replies, full, live, places = tonumber(A[3]), 6, {}, {}, {}, {}
  for j = 1, #K - 5 - 2 * lanes do
    local lane, suspect = K[4 + 2 * tonumber(A[at])], K[5 + 2 * tonumber(A[at])]
    local run, from, to, marker = A[at + 1], at + 3, at + 2 + tonumber(A[at + 2]), K[5 + 2 * lanes + j]
    if full[lane] == nil then
      live[lane], places[lane] = length(lane), place_of(lane)
      full[lane] = is_full(lane, live[lane])
    end
    local room = not full[lane] and live[lane] < WINDOW_COUNT
    local reply, on_lane = 'OK', true
    local plain = room and run == '1' and A[1] == 'SUBMIT' and not waits_for_a_time(A, from, to)
    if not (plain and put_new(c, lane, places[lane], marker, A, from, to)) then
      reply, on_lane = put_any(c, A[1], marker, lane, suspect, run, room, A, from, to)
    end
    if on_lane then live[lane] = live[lane] + 1 end
    replies[j] = reply
    at = to + 1
  end
  return replies
end, {}) -- refused while the memory is used up
