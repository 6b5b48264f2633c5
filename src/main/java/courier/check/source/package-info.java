/**
 * Route files as they are checked: each step with its line, be it YAML or Java, and what is beside
 * them in their folder.
 */
package courier.check.source;
