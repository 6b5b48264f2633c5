/**
 * What an operator finds in a JMX console besides what Camel shows: names of steps, and the desk.
 * Knows how a route is asked, but not what stands behind it.
 */
package courier.jmx;
