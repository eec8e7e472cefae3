-- Winners that are too many to be kept beside their agency are read from its rows. How many
-- they are, and the digits of their documents together, is known with sha256; null again once
-- the draw is purged, and in rows that an older central has summed up, whose winners are all there.
ALTER TABLE agencies ADD COLUMN winning_bets bigint;
ALTER TABLE agencies ADD COLUMN winning_digits bigint;
