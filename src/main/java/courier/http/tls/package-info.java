/**
 * The certificate that HTTP servers show: read from its files, checked, and taken anew when they
 * change.
 */
package courier.http.tls;
