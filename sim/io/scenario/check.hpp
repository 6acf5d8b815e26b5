#pragma once

#include <string>

#include "io/scenario/node.hpp"
#include "io/scenario/problems.hpp"
#include "io/scenario/spec.hpp"

namespace entente::detail {

/// Compares a tree with its form, reports what does not fit and marks it: values of a wrong form
/// become `bad`, and what holds them `tainted`, so that later stages neither use them nor report
/// what follows from them.
void check_form(YamlNode& node, const std::string& path, const Spec& spec, Problems& problems);

}  // namespace entente::detail
