// A process that sends what honest clients send, so that what strangers do to their own process does not count.
import { Poster } from './poster.mjs';
import { serve } from './rpc.mjs';

let poster;
serve({
  options(url, run) { poster = new Poster(url, run); },
  atRate: (perSecond, seconds) => poster.atRate(perSecond, seconds),
  numbers: () => poster.numbers,
});
