/** A new version of routes held against the one before, by the first messages that it handles. */
package courier.reload.trial;
