// The page side of a predict question: nothing to see. Its choices and its button keep their keys.
import { keepKeys } from "./keys.js";

export default { render: ({ el }) => keepKeys(el, ".lu-predict") };
