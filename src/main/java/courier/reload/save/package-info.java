/**
 * Route files that are saved while their service runs: checked, swapped, and the last good ones put
 * back.
 */
package courier.reload.save;
