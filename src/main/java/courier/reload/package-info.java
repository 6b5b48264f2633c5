/**
 * The route files of a service: found, loaded, and checked without anything that runs. It knows
 * what Camel calls a route, and nothing of what any route does.
 */
package courier.reload;
