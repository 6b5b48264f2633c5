/** What the routes of a service guarantee together. A file may break it if it says why. */
package courier.check.guarantee;
