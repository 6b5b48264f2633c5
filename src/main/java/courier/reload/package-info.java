/**
 * Route files, from their folder to the running context: found, checked, swapped when they are
 * saved, and the last good ones put back. It knows what Camel calls a route, and nothing of what
 * any route does.
 */
package courier.reload;
