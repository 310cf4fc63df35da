-- How many requests a second an instance of the api takes from a token; null for the default of the installation.
alter table api.token add column requests_per_second int check (requests_per_second between 1 and 1000000);
