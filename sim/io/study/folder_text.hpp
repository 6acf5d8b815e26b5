#pragma once

#include <filesystem>
#include <string>

namespace entente::detail {

/// Makes sure that a file holds a text: writes it where there is no file, whole or not at all, and
/// compares it where there is one. Of several processes that begin at once, one writes.
///
/// @param what  the text is, for the message: `study`
/// @throws FileError  the file holds another text; the message names the first line that differs.
///                    Or it cannot be read or written
void require_text(const std::filesystem::path& path, const std::string& text,
                  const std::string& what);

}  // namespace entente::detail
