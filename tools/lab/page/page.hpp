#pragma once

#include <string>
#include <string_view>

namespace entente::lab {

/// The page, one HTML file that needs no other; built from tools/lab/web and part of the program.
[[nodiscard]] std::string_view page_html();

/// The page with data in it, for a file of its own: it talks to nobody.
///
/// @param bundle  JSON of a report (contract.ts, Bundle); compressed on the way
[[nodiscard]] std::string page_with_data(std::string_view bundle);

}  // namespace entente::lab
