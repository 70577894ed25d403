import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const files = [
  "@expo-google-fonts/pt-sans/400Regular/PTSans_400Regular.ttf",
  "@expo-google-fonts/pt-sans/400Regular_Italic/PTSans_400Regular_Italic.ttf",
  "@expo-google-fonts/pt-sans/700Bold/PTSans_700Bold.ttf",
  "@expo-google-fonts/pt-serif/400Regular/PTSerif_400Regular.ttf",
  "@expo-google-fonts/pt-serif/700Bold/PTSerif_700Bold.ttf",
];

/** The faces that prints use, from their packages: no font of the machine is ever asked. */
export function loadFonts(): readonly Buffer[] {
  return files.map((file) => readFileSync(require.resolve(file)));
}
