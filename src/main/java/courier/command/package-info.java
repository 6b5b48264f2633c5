/**
 * Commands that ask a running Courier, by what any other program may ask it, for people and for
 * scripts. Knows nothing else of Courier.
 */
package courier.command;
