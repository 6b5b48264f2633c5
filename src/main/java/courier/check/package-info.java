/** Route files checked before they run, and without anything that runs. */
package courier.check;
