/**
 * The events of a log on their way to clients: who is where, who has missed what, and who gets what
 * comes. Each client gets each event once, in the order of its partition, at whatever instance.
 *
 * <p>Knows neither Camel nor Socket.IO: it is told what comes ({@link courier.feed.Subscriptions}),
 * asks where events are kept ({@link courier.feed.EventStore}), and sends to whoever is a {@link
 * courier.feed.Client}.
 */
package courier.feed;
