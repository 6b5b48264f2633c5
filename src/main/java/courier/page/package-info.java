/** Serves the page, and nothing but the page: its files, and the settings that it needs. */
package courier.page;
