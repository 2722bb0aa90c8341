-- Nothing here: the gates of one machine are in the memory of its process. The number is that of PostgreSQL, where nodes share them.

SELECT 1;
