-- Workers take jobs, run them and say how it went.

-- who calls, with what passes compares
local function worker(K, A)
  local c = { events = K[2], group = A[1], consumer = A[2], prefix = A[3], now = now_ms(), epoch = blessed }
  c.own = blessed .. '.'
  return c
end

local function place_in_marker(lane) return '|' .. place_of(lane) .. '|' end

-- whether an entry of a lane that was just read is in the caller's hands to run
local function admitted_now(c, lane, id, flat)
  local f = admit_safely(c, lane, id, flat, '1')
  return f and not sent_back(c, lane, id, flat, f, tonumber(f.deaths), lane)
end

-- New entries that may run, each as its lane's number, its id, and its fields as they are to be told.
local function take(c, K, n, told)
  local taken, looked = {}, 0
  if call('EXISTS', K[3]) == 1 then return taken end
  for l = 4, #K do
    while #taken < n and looked < MAX_READ do
      local entries = read_new(c, K[l], n - #taken)
      looked = looked + #entries
      if #entries == 0 then break end
      local place = place_in_marker(K[l])
      for _, e in ipairs(entries) do
        local id, flat = e[1], e[2]
        if passes(c, place, id, flat) or admitted_now(c, K[l], id, flat) then
          e[1], e[2], e[3] = l - 3, id, told and told(K[l], flat) or flat
          taken[#taken + 1] = e
        end
      end
    end
  end
  return taken
end

--[[ mr_take_2 gives a worker new entries of one queue, lane by lane in order; none while it is paused. Entries of an
earlier epoch go back to the end of their lane first.
KEYS epoch, events, paused, lane…
ARGV group, consumer, marker prefix, n
→ up to n times (lane's number, entry, fields); their delivery is 1
After a crash behind it: the entries are pending for this consumer without an event. The consumer finds them as
strays, or another reclaims them once its lease is over. ]]
register('mr_take_2', function(K, A) return take(worker(K, A), K, tonumber(A[4])) end)

--[[ mr_take_1 is mr_take_2 for workers of the release before: the fields are those of a named entry.
KEYS epoch, events, paused, lane…
ARGV group, consumer, marker prefix, n
→ up to n times (lane's number, entry, fields); their delivery is 1
After a crash behind it: as behind mr_take_2. ]]
register('mr_take_1', function(K, A) return take(worker(K, A), K, tonumber(A[4]), as_named) end)

--[[ mr_admit_1 says which runs of entries may not start at once that a plain read has just given to the caller: of these
mr_start_3 decides. None of a queue that is paused may; nor may an entry that has lain there for a second, since it may have
been given long ago, and to another meanwhile. The entries themselves are not looked at, only their jobs' markers.
KEYS epoch, paused…, marker…
ARGV number of paused keys, the marker of an entry of this epoch that is valid and not flagged…
→ the numbers of those that may not start at once
After a crash behind it: nothing has changed; the entries are pending for the consumer. ]]
register('mr_admit_1', function(K, A)
  local queues, now, own, refused = tonumber(A[1]), now_ms(), blessed .. '.', {}
  local open = call('EXISTS', unpack(K, 2, 1 + queues)) == 0
  for i, marker in ipairs(call('MGET', unpack(K, 2 + queues))) do
    local expected = A[1 + i]
    local age = now - (tonumber(match(expected, '|(%d+)%-%d+|$')) or 0)
    local go = open and marker == expected and sub(expected, 1, #own) == own and age >= 0 and age < FRESH
    if not go then refused[#refused + 1] = i end
  end
  return refused
end)

-- Whether runs may start of what the caller holds. For a worker of the release before a lean entry goes back as a named one.
local function start(c, K, A, for_old)
  local paused, replies = call('EXISTS', K[3]) == 1, {}
  for i = 1, tonumber(A[4]) do
    local o = 1 + 4 * i
    local lane, id, delivery, target = K[3 + tonumber(A[o])], A[o + 1], A[o + 2], K[3 + tonumber(A[o + 3])]
    local flat = holds(c, lane, id, delivery) and body(lane, id)
    local back = paused or (for_old and flat and is_lean(flat))
    local go = flat and not back and passes(c, place_in_marker(lane), id, flat)
    local f = not go and flat and admit_safely(c, lane, id, flat, delivery)
    if go then
      replies[i] = 'GO'
    elseif flat == false then
      replies[i] = 'FENCED'
    elseif not f then
      if not flat then remove(c, lane, { id }) end
      replies[i] = 'DROPPED'
    elseif back or f.epoch ~= c.epoch then
      move(c, lane, id, flat, f, tonumber(f.deaths) + tonumber(delivery) - 1, target, for_old)
      replies[i] = 'DROPPED'
    else
      replies[i] = 'GO'
    end
  end
  return replies
end

--[[ mr_start_3 says whether runs of entries of one queue may start that the consumer holds. If the queue is paused, or the
entry is one of an earlier epoch, it goes back to a lane as its job's next run. It tells of no start: who runs a job does, with
mr_note_1 or with its end.
KEYS epoch, events, paused, lane…
ARGV group, consumer, marker prefix, n, (lane's number, entry, delivery, number of the lane to go back to)…
→ GO | DROPPED | FENCED for each
After a crash behind it: the entry is pending for the consumer and is reclaimed once its lease is over. What went back lies on its
lane. ]]
register('mr_start_3', function(K, A) return start(worker(K, A), K, A) end)

--[[ mr_start_2 is mr_start_3 for workers of the release before, which cannot read a lean entry: it goes back as a named one,
as its job's next run.
KEYS epoch, events, paused, lane…
ARGV group, consumer, marker prefix, n, (lane's number, entry, delivery, number of the lane to go back to)…
→ GO | DROPPED | FENCED for each
After a crash behind it: as behind mr_start_3. ]]
register('mr_start_2', function(K, A) return start(worker(K, A), K, A, true) end)

-- when a run began that went on until now, as text; runs that end in one call often went on equally long
local function began(c, ran)
  if c.ran ~= ran then c.ran, c.began = ran, int(c.now - tonumber(ran)) end
  return c.began
end

-- the fields of an event of a run that went on until now
local function started(c, ran)
  return ran ~= '' and { 'started', began(c, ran), 'worker', c.consumer, 'ran', ran } or {}
end

-- ends the job of a run that went on until now, or never began
local function finish_run(c, job, kind, epoch, run, delivery, attempt, ran, ...)
  if ran == '' then return finish_job(c, job, kind, epoch, run, delivery, attempt, ...) end
  finish_job(c, job, kind, epoch, run, delivery, attempt, 'started', began(c, ran), 'worker', c.consumer, 'ran', ran, ...)
end

--[[ mr_note_1 reports on runs that go on.
KEYS epoch, events, lane…
ARGV group, consumer, (lane's number, entry, job, epoch, run, delivery, attempt, ms since its start or '', current or
'', total, message)…
→ the numbers of those that this consumer does not hold
After a crash behind it: the events are there; the same call again writes them once more, and the record keeps one of
each. ]]
register('mr_note_1', function(K, A)
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

--[[ mr_order_1 tells of jobs that runs which go on have ordered; they are made whatever becomes of these runs.
KEYS epoch, events, lane…
ARGV group, consumer, (lane's number, entry, job, epoch, run, delivery, attempt, orders)…
→ the numbers of those that this consumer does not hold, of whose orders nothing is told
After a crash behind it: the events are there; the same call again writes them once more, and each order is made once. ]]
register('mr_order_1', function(K, A)
  local c = { events = K[2], group = A[1], consumer = A[2], now = now_ms() }
  local lost = {}
  for i = 1, (#A - 2) / 8 do
    local o = 8 * i - 5
    if holds(c, K[2 + tonumber(A[o])], A[o + 1], A[o + 5]) then
      event(c, A[o + 2], 'ORDERED', A[o + 3], A[o + 4], A[o + 5], A[o + 6], 'orders', A[o + 7])
    else
      lost[#lost + 1] = i
    end
  end
  return lost
end)

local NOTHING = {}

-- The deliveries of what the caller holds of a lane between the first and the last of these entries, by entry: one look for
-- many. What lies beyond it is asked for singly.
local function held_among(c, lane, ids)
  local first, last, held = ids[1], ids[1], {}
  for i = 2, #ids do
    if ids[i] < first then first = ids[i] end
    if ids[i] > last then last = ids[i] end
  end
  -- of ids of one millisecond text does not know the order, and of a time alone Redis takes them all
  local p = pcall_('XPENDING', lane, c.group, match(first, '^%d*'), match(last, '^%d*'), 4 * #ids, c.consumer)
  for i = 1, p.err and 0 or #p do held[p[i][1]] = p[i][4] end
  return held
end

-- the same for the entries of each lane that a finish names, by the lane's number among its keys
local function held_by_lane(c, K, A, n)
  local ids, held, o = {}, {}, 5
  for _ = 1, n do
    local l = 2 + tonumber(A[o])
    ids[l] = ids[l] or {}
    ids[l][#ids[l] + 1] = A[o + 1]
    o = o + 10 + tonumber(A[o + 9])
  end
  for l, some in pairs(ids) do held[l] = held_among(c, K[l], some) end
  return held
end

-- Whether what lies there, if anything does, is of this run: a Redis that was set back, and whose clock was too, gives the
-- ids of before once more.
local function is_of(lane, id, job, epoch, run)
  local flat = body(lane, id)
  local f = flat and read(lane, flat)
  return not f or f.job == job and f.epoch == epoch and f.run == run
end

--[[ mr_finish_1 ends runs: the entry is gone, the marker names the end, an event carries it. A job that was flagged
and has not succeeded ends CANCELLED.
KEYS epoch, events, lane…
ARGV group, consumer, marker prefix, n, (lane's number, entry, job, epoch, run, delivery, attempt, state, ms it ran or
'', k, name or value × k)…
→ OK | FENCED for each; OK also if this very delivery has ended the job already
After a crash behind it: the job has ended. The same call again answers OK, any other delivery FENCED. ]]
register('mr_finish_1', function(K, A)
  local c = { events = K[2], group = A[1], consumer = A[2], prefix = A[3], now = now_ms() }
  local n, replies, done, places, o = tonumber(A[4]), {}, {}, {}, 5
  for l = 3, #K do done[l], places[l] = {}, place_of(K[l]) end
  local held = n >= WORTH_ONE_LOOK and held_by_lane(c, K, A, n) or NOTHING
  for i = 1, n do
    local l, id, job, epoch, run = 2 + tonumber(A[o]), A[o + 1], A[o + 2], A[o + 3], A[o + 4]
    local delivery, attempt, state, ran, k = A[o + 5], A[o + 6], A[o + 7], A[o + 8], tonumber(A[o + 9])
    local raw = read_marker(c.prefix .. job)
    local reply = 'FENCED'
    if raw == epoch .. '.' .. run .. '|E|' .. delivery .. '|' then
      reply = 'OK'
    elseif (held[l] or NOTHING)[id] == tonumber(delivery) or holds(c, K[l], id, delivery) then
      local flags = flags_in(raw, epoch, run, places[l], id)
      if flags or is_of(K[l], id, job, epoch, run) then done[l][#done[l] + 1] = id end
      if flags then
        if state ~= 'SUCCEEDED' and find(flags, 'C', 1, true) then state = 'CANCELLED' end
        finish_run(c, job, state, epoch, run, delivery, attempt, ran, unpack(A, o + 10, o + 9 + k))
        reply = 'OK'
      end
    end
    replies[i] = reply
    o = o + 10 + k
  end
  for l = 3, #K do remove(c, K[l], done[l]) end
  return replies
end)

--[[ mr_handback_1 puts entries that the consumer holds on a lane, as the next run of their job.
KEYS epoch, events, lane…
ARGV group, consumer, marker prefix, (lane's number, entry, delivery, number of the lane to go back to)…
→ OK | FENCED for each
After a crash behind it: the job lies on that lane; the same call again answers FENCED. ]]
register('mr_handback_1', function(K, A)
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
  local f = read(lane, flat)
  local epoch, run, attempt = f.epoch, f.run, f.attempt
  local flags = flags_of(c, f.job, epoch, run, place_of(lane), id)
  if flags and find(flags, 'C', 1, true) then
    finish_job(c, f.job, 'CANCELLED', epoch, run, delivery, attempt, unpack(deferral.more))
  elseif flags then
    f.epoch, f.run, f.deaths = c.epoch, int(tonumber(run) + 1), int(tonumber(f.deaths) + tonumber(delivery) - 1)
    f.attempt, f.due = deferral.attempt, deferral.due
    add(c, c.delays, f, flat)
    event(c, f.job, 'DEFERRED', epoch, run, delivery, deferral.attempt, 'why', deferral.why, 'due', deferral.due,
      unpack(deferral.more))
  end
  remove(c, lane, { id })
  return flags ~= nil
end

--[[ mr_defer_1 ends runs for now: their jobs wait on the delays for the next one. A flagged job ends CANCELLED.
KEYS epoch, events, delays, lane…
ARGV group, consumer, marker prefix, n, (lane's number, entry, delivery, RETRY | SNOOZE | THROTTLE, after | at, ms of
it, next attempt, ms it ran or '', k, name or value × k)…
→ OK | FENCED for each
After a crash behind it: the job lies on the delays as its next run; the same call again answers FENCED. ]]
register('mr_defer_1', function(K, A)
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
