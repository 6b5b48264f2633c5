/** How much a person may send. */
package courier.quota;
