/**
 * Who was sent something and does not come to get it, and that somebody is told of it once,
 * whichever instance finds it.
 */
package courier.absence;
