/** Порядок 3.1.1, as the rules about the lesson's own day cite it. */
export const SAME_DAY =
  "учитель обязан «вносить учетную запись о занятии и отметки об отсутствующих по факту в день проведения»";
