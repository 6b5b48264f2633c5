/**
 * Replays of many dead letters: selected, queued, sent in turns at their rate, and stopped when
 * they fail again. What becomes of each letter is the desk's to say.
 */
package courier.deadletter.bulk;
