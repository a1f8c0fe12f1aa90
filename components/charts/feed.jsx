// Data from our own API, asked for again when the server says that it has grown.
import { useCallback, useEffect, useRef, useState } from "react";

// Pages and API have one address, but for a developer's hot reload, where Vite serves the pages.
const SERVER = import.meta.env.DEV ? `${window.location.protocol}//${window.location.hostname}:8000` : "";

/** JSON of an address; a refusal is thrown as what the server says of it. */
export async function fetchJson(url, signal) {
  let answer;
  try {
    answer = await fetch(SERVER + url, { signal, headers: { Accept: "application/json" } });
  } catch (fault) {
    if (fault.name === "AbortError") throw fault;
    throw new Error("The server cannot be reached just now.");
  }
  const document = await answer.json().catch(() => ({}));
  if (answer.ok) return document;
  const fault = new Error(document.detail ?? `The server answered ${answer.status}.`);
  fault.status = answer.status;
  throw fault;
}

const EVENTS = "/api/v1/insights/events";
const listeners = new Set();
let source = null;

/** Be told of news of a dataset, or of any of some (names with commas between). One connection serves the whole page, and closes with the last. */
export function subscribe(dataset, tell) {
  const listener = { dataset, tell };
  listeners.add(listener);
  source ??= listen();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && source) {
      source.close();
      source = null;
    }
  };
}

function listen() {
  const opened = new EventSource(SERVER + EVENTS);
  let lost = false;
  opened.addEventListener("ready", () => {
    // What came while we were away is asked for: a restarted server may not remember our place.
    if (lost) for (const listener of listeners) listener.tell(null);
    lost = false;
  });
  opened.addEventListener("dataset", (event) => {
    const news = JSON.parse(event.data);
    for (const listener of listeners) {
      if (listener.dataset.split(",").includes(news.dataset)) listener.tell(news);
    }
  });
  opened.addEventListener("error", () => {
    lost = true;
    if (opened.readyState === EventSource.CLOSED && source === opened) {
      source = null;
      setTimeout(() => {
        if (listeners.size > 0 && source === null) source = listen();
      }, 5000);
    }
  });
  return opened;
}

/** News of a dataset, many at once told once; of what cannot change (no dataset) there is none. */
export function useNews(dataset, tell) {
  const latest = useRef(tell);
  useEffect(() => {
    latest.current = tell;
  });
  useEffect(() => {
    if (!dataset) return undefined;
    let waiting = null;
    const leave = subscribe(dataset, () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => latest.current(), 150);
    });
    return () => {
      clearTimeout(waiting);
      leave();
    };
  }, [dataset]);
}

/** A document that keeps itself up to date: {status, document, problem, updatedAt, retry}. */
export function useDocument(url, dataset) {
  const [state, setState] = useState({ status: "loading" });
  const [turn, setTurn] = useState(0);
  const again = useCallback(() => setTurn((number) => number + 1), []);
  const asked = useRef(null);
  useEffect(() => {
    const abort = new AbortController();
    const isNew = asked.current !== url;
    asked.current = url;
    if (isNew) setState({ status: "loading" });
    fetchJson(url, abort.signal)
      .then((document) =>
        setState({ status: "ready", document, url, updatedAt: isNew ? null : Date.now() }),
      )
      .catch((fault) => {
        if (fault.name === "AbortError") return;
        setState((was) =>
          was.status === "ready" && was.url === url
            ? was
            : { status: fault.status === 404 ? "missing" : "failed", problem: fault.message },
        );
      });
    return () => abort.abort();
  }, [url, turn]);
  useNews(dataset, again);
  return { ...state, retry: again };
}
