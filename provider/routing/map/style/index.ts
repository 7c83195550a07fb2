import { baseStyle } from "./base";
import { pictureStyle } from "./picture";
import { waysStyle } from "./ways";

/** For every page that draws a map. */
export const mapStyle = `${baseStyle}\n${waysStyle}\n${pictureStyle}`;
