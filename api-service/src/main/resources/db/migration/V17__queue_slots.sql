-- How many jobs of a queue a worker runs at once that has no number of its own for it; null for what each worker has for any queue.
alter table api.queue_setting add column slots int check (slots between 1 and 1000);
