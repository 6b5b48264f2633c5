/**
 * Courier's parts, and how they start and stop: the command line, the embedded servers, and a Camel
 * context for each folder of routes. It may know every room, and none knows it.
 */
package courier;
