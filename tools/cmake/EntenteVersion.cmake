# entente_generate_version(<target>) lets <target> include "entente_version.hpp". The header is
# brought up to date at every build and rewritten only when a value changed.
function(entente_generate_version target)
  set(folder "${PROJECT_BINARY_DIR}/generated")
  add_custom_target(entente_version
    COMMAND "${CMAKE_COMMAND}"
      "-DSOURCE_DIR=${PROJECT_SOURCE_DIR}"
      "-DOUTPUT=${folder}/entente_version.hpp"
      "-DENTENTE_VERSION=${PROJECT_VERSION}"
      "-DENTENTE_COMPILER=${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}"
      -P "${PROJECT_SOURCE_DIR}/tools/cmake/write_version.cmake"
    BYPRODUCTS "${folder}/entente_version.hpp"
    COMMENT "Checking the version"
    VERBATIM)
  add_dependencies(${target} entente_version)
  target_include_directories(${target} PRIVATE "${folder}")
endfunction()
