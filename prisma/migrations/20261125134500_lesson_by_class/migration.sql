-- DropIndex
DROP INDEX "lesson_school_id_class_external_id_date_idx";

-- CreateIndex
CREATE INDEX "lesson_class_external_id_school_id_date_idx" ON "lesson"("class_external_id", "school_id", "date");
