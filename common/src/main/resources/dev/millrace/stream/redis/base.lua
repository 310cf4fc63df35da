#!lua name=millrace
--[[ Every move of a job between streams, each in one atomic step. The only writer of job keys.

One library in parts, which FunctionLibrary.java joins in this order: base, markers, entries, enqueue, run, timers, cancel,
lease, connections. A part may use what those before it define. The protocol that they keep is told in common/PROTOCOL.md.

A lane is a stream of one queue: mr:{s}:q:<queue>:<critical|high|normal|low|suspect>, read by the group `workers`.
What waits for a time lies on mr:{s}:delays, read by the group `scheduler`, until a scheduler has held it: then its time
is in the sorted set mr:{s}:timers, under its job's id, and its fields are in the hash mr:{s}:timers:jobs, as JSON.
A marker is mr:{s}:j:<job> = epoch.run|place|entry|flags: place q<band>, s (suspect), d (delays), t (timers, no entry), E
(ended, with the delivery that ended it for the entry); flag C: cancel requested. An entry is valid if and only if the
marker of its job names its epoch.run, place and id.
An entry is named or lean. A named one has a field for each part: epoch run job task queue band tenant attempt deaths due
expires, what it carries besides, payload. A lean one lies on a band, whose name says queue and band: r epoch.run, j job,
h due|expires|attempt|deaths|task|tenant, p payload, what it carries besides. These functions write lean ones to bands.
A caller holds an entry if the pending list says (this consumer, this delivery); nobody else may settle it.

Every function first checks what it was given, then writes. A bad entry costs itself only. All but those that say so answer
the error COLD while the shard's epoch key, or the variable below, is missing: a restart loses the variable, FLUSHALL the
key. Names end in a version and never change meaning. Lists of up to about 250 items. Redis 7.0 commands only.

Above each stands what it does, its KEYS, its ARGV, what it answers (→), and what is true if whoever called it dies before
the answer comes. `x…` is any number of x, `(x, y)…` any number of both, `x × k` as many as the k before says. A test holds
the callers in Java to it. ]]

local VERSION = '8'
local MARKER_TTL = 20000 -- ms that an end's marker outlives its commit; an enqueue may be 10 s late
local LATE_AFTER, EARLY_BY = 10000, 1000 -- ms around the caller's asOf
local WINDOW_COUNT, WINDOW_BYTES = 100000, 1073741824 -- per lane
local MAX_DEATHS = 2 -- a job that outlived so many workers runs alone
local MAX_BYTES = 65536 -- of a quarantined entry's bytes
local MAX_READ = 500 -- entries that one take looks at
local WORTH_ONE_LOOK = 10 -- entries from which on one look at the pending list is cheaper than one for each
local MAX_FIELDS = 500 -- of an entry; Lua cannot pass many thousand arguments to a command
local MAX_HEADERS = 256 -- among them, as in Job.java
local FRESH = 1000 -- ms; what lay on a lane for less cannot have been given to one worker and then to another
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

local function define(name, flags, callback)
  redis.register_function {
    function_name = name,
    callback = function(K, A)
      if not call then bind() end
      return callback(K, A)
    end,
    flags = flags
  }
end

-- Answers COLD until the shard is open; the first key is the shard's epoch. Flags are Redis' own: all but the enqueue work
-- while its memory is used up.
local function register(name, callback, flags)
  define(name, flags or { 'allow-oom' }, function(K, A)
    if cold(K[1]) then return cold_reply() end
    return callback(K, A)
  end)
end

local function register_always(name, callback) define(name, { 'allow-oom' }, callback) end

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

local BANDS = { critical = true, high = true, normal = true, low = true }

local function is_name(s) return s and #s <= 128 and find(s, '^[%w%._:%-]+$') ~= nil end

local function is_number(s, min, max)
  if not s or #s > 15 or not find(s, '^%d+$') then return false end
  local n = tonumber(s)
  return n >= min and n <= max
end

--[[ mr_version names the library.
KEYS none
ARGV none
→ the library's number
After a crash behind it: nothing has changed. ]]
register_always('mr_version', function() return VERSION end)

--[[ mr_epoch_1 says whether the shard is open.
KEYS epoch
ARGV none
→ the epoch that the shard was blessed with
After a crash behind it: nothing has changed. ]]
register('mr_epoch_1', function() return blessed end)

--[[ mr_bless_1 opens the shard; works while COLD.
KEYS epoch
ARGV epoch
→ OK
After a crash behind it: the shard is open. The reconcile that blessed it stands as incomplete in PostgreSQL, and the
next one blesses a higher epoch. ]]
register_always('mr_bless_1', function(K, A)
  call('SET', K[1], A[1])
  blessed = A[1]
  return redis.status_reply('OK')
end)

--[[ mr_group_1 makes a group that begins at the stream's start, for a Redis whose memory is used up: that one refuses
the plain command. Works while COLD.
KEYS stream
ARGV group
→ 1 if the group was made, 0 if it was there
After a crash behind it: the group is there; the same call again answers 0. ]]
register_always('mr_group_1', function(K, A)
  return pcall_('XGROUP', 'CREATE', K[1], A[1], '0', 'MKSTREAM').err and 0 or 1
end)
