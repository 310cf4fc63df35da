-- When a job that waits for its time is to run: of one that no event told of yet, what submit wrote; else of the deferral that
-- its position names. Null in every other state.
alter table api.job add column due_at timestamptz;
