/**
 * What a log is: events with positions, which are a vector of offsets, stretches and pages of them.
 * Values that know nothing of clients.
 */
package courier.feed.log;
