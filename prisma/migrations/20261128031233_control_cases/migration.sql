-- AlterTable
ALTER TABLE "control" ADD COLUMN     "cases" INTEGER NOT NULL DEFAULT 0;

UPDATE "control" SET "cases" = jsonb_array_length("facts" -> 'cases') WHERE jsonb_typeof("facts" -> 'cases') = 'array';
