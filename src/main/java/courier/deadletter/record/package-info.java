/**
 * Dead letters as records of a topic: written with their reason, in parts where a topic takes no
 * more, and read, also those that others wrote. Knows nothing of states.
 */
package courier.deadletter.record;
