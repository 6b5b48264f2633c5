/**
 * What a person is to look at, and that somebody is told of it once, whichever instance finds it.
 */
package courier.alert;
