/**
 * The dead-letter desk: what state a dead letter is in and may go to, who changes it, and how it is
 * sent again. HTTP, the page and the runner of bulk replays all ask {@link
 * courier.deadletter.Desk}; {@code bulk} knows it, it does not know {@code bulk}.
 */
package courier.deadletter;
