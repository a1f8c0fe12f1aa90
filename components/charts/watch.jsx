// Looks again every so often while something is going on, and stops by itself.
import { useEffect, useRef } from "react";

const LONGEST = 200; // looks: a page that was left open does not ask for ever

export function Watch({ active, every, onLook }) {
  const look = useRef(onLook);
  look.current = onLook;
  useEffect(() => {
    if (!active) return undefined;
    let left = LONGEST;
    const timer = setInterval(() => {
      left -= 1;
      if (left <= 0) clearInterval(timer);
      if (document.visibilityState === "visible") look.current?.();
    }, every);
    return () => clearInterval(timer);
  }, [active, every]);
  return null;
}
