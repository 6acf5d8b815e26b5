#include "study_findings.hpp"

namespace entente::cli {

StudyTable table_of(const StudyFile& file) {
  return {file.head(), file.values(), file.points(), file.failures(),
          [&file](std::size_t output, std::size_t statistic) {
            return file.output(output, statistic);
          }};
}

Findings findings_of(const StudyFile& file, const FindingOptions& options) {
  return findings_of(table_of(file), options);
}

}  // namespace entente::cli
