-- AlterTable
ALTER TABLE "notice" ADD COLUMN     "ends_on" DATE,
ADD COLUMN     "finals" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "looks" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "starts_on" DATE;

UPDATE "notice" n SET "starts_on" = b."starts_on", "ends_on" = b."ends_on" FROM "notice_batch" b WHERE b."id" = n."batch_id";

ALTER TABLE "notice" ALTER COLUMN "ends_on" SET NOT NULL,
ALTER COLUMN "starts_on" SET NOT NULL;

-- AlterTable
ALTER TABLE "print_file" ADD COLUMN     "destroyed_at" TIMESTAMPTZ(3);

-- What was printed before there were batches: one batch by hand for each print, after those that are there.
INSERT INTO "notice_batch" ("school_id", "number", "key", "kind", "starts_on", "ends_on", "composed_at")
SELECT p."school_id",
  coalesce((SELECT max(b."number") FROM "notice_batch" b WHERE b."school_id" = p."school_id"), 0)
    + row_number() OVER (PARTITION BY p."school_id" ORDER BY p."printed_at", p."starts_on", p."ends_on"),
  'old/' || p."starts_on" || '/' || p."ends_on" || '/' || p."printed_at", 'by-hand', p."starts_on", p."ends_on", p."printed_at"
FROM (SELECT DISTINCT "school_id", "starts_on", "ends_on", "printed_at" FROM "printed_notice") p;

INSERT INTO "notice" ("school_id", "batch_id", "pupil_external_id", "class_external_id", "class_name", "place", "starts_on", "ends_on",
  "contents", "facts_at", "composed_at", "slip_code", "printed_at", "handed_at")
SELECT p."school_id", b."id", p."pupil_external_id", coalesce(u."class_external_id", ''), coalesce(c."name", ''),
  row_number() OVER (PARTITION BY b."id" ORDER BY p."id"), p."starts_on", p."ends_on",
  '{}', p."printed_at", p."printed_at", 'old-' || p."id", p."printed_at", p."handed_at"
FROM (SELECT "school_id", "starts_on", "ends_on", "printed_at", "pupil_external_id", min("id") AS "id", max("handed_at") AS "handed_at"
  FROM "printed_notice" GROUP BY 1, 2, 3, 4, 5) p
JOIN "notice_batch" b ON b."school_id" = p."school_id" AND b."key" = 'old/' || p."starts_on" || '/' || p."ends_on" || '/' || p."printed_at"
LEFT JOIN "pupil" u ON u."school_id" = p."school_id" AND u."external_id" = p."pupil_external_id"
LEFT JOIN "class_group" c ON c."school_id" = p."school_id" AND c."external_id" = u."class_external_id";

-- DropTable
DROP TABLE "printed_notice";
