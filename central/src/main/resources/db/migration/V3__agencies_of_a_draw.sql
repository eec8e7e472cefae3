-- Whom the draw waits for, as central.agencies says it, ranges joined: all centrals of a draw say the same.
-- Null in the row of a draw that an older central has begun; the next one that starts says it.
ALTER TABLE draws ADD COLUMN agencies text;
