-- Readings are kept in readings.reading, to where these were copied by 20261128013342_readings__create; nothing has written or read them since.
-- squawk-ignore ban-drop-table
drop table dossiers.access_record;
