-- AlterTable
ALTER TABLE "print_job" ADD COLUMN     "left_out" INTEGER[],
ADD COLUMN     "mark" TEXT NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "print_job_mark_key" ON "print_job"("mark");
