-- DropForeignKey
ALTER TABLE "scanned_slip" DROP CONSTRAINT "scanned_slip_scan_file_id_fkey";

-- AlterTable
ALTER TABLE "scan_file" ADD COLUMN     "cleared_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "scanned_slip" ADD COLUMN     "by_hand" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "x" DOUBLE PRECISION,
ADD COLUMN     "y" DOUBLE PRECISION,
ALTER COLUMN "scan_file_id" DROP NOT NULL,
ALTER COLUMN "page" DROP NOT NULL;

-- AddForeignKey
ALTER TABLE "scanned_slip" ADD CONSTRAINT "scanned_slip_scan_file_id_fkey" FOREIGN KEY ("scan_file_id") REFERENCES "scan_file"("id") ON DELETE SET NULL ON UPDATE CASCADE;
