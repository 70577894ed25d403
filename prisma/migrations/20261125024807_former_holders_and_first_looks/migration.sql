-- AlterTable
ALTER TABLE "page_pass" ADD COLUMN     "first_asked_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "former_holder" (
    "id" SERIAL NOT NULL,
    "school_id" INTEGER NOT NULL,
    "class_external_id" TEXT NOT NULL,
    "subject_external_id" TEXT NOT NULL,
    "group" TEXT NOT NULL,
    "teacher_name" TEXT NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3),
    "replaced_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "former_holder_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "former_holder_school_id_class_external_id_subject_external__idx" ON "former_holder"("school_id", "class_external_id", "subject_external_id");
