#pragma once

#include <string>
#include <vector>

#include "io/scenario/node.hpp"
#include "io/scenario/problems.hpp"
#include "io/scenario/spec.hpp"

namespace entente::detail {

/// Compares a tree with its form, reports what does not fit and marks it: values of a wrong form
/// become `bad`, and what holds them `tainted`, so that later stages neither use them nor report
/// what follows from them.
void check_form(YamlNode& node, const std::string& path, const Spec& spec, Problems& problems);

/// Whether a number is within the limits of a form.
[[nodiscard]] bool allows(const Spec& spec, double value);

/// The form of what a path of `--set` names, such as `events.summit.probability`; nothing where
/// there is no such path.
[[nodiscard]] const Spec* find_spec(const Spec& root, const std::vector<std::string>& parts);

}  // namespace entente::detail
