/**
 * What the settings say: {@code application.properties}, {@code .env} and the environment, read and
 * checked once, at the start. Who starts something asks here; a route gets a value as a property.
 */
package courier.config;
