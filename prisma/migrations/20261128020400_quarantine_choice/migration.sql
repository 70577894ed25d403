-- AlterTable
ALTER TABLE "page_pass" ADD COLUMN     "held_decision" TEXT,
ADD COLUMN     "held_lost" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "held_shown" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "school" ADD COLUMN     "held_leavers" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "held_leavers_at" TIMESTAMPTZ(3),
ADD COLUMN     "leavers_accepted" BOOLEAN NOT NULL DEFAULT false;
