# Helpers that tests/ uses to add tests.
#
#   entente_test(<module> <stem>...)          tests/unit/<module>/<stem>_test.cpp, label unit
#   entente_property_test(<stem>...)          tests/property/<stem>_test.cpp, label property
#   entente_script_test(<name> <script> [LABEL <label>] [<argument>...])
#                                             a .py or .sh script, in this folder unless absolute
#
# Test sources of one folder make one program, so that little is linked; ctest still sees every
# TEST on its own, as <module>.<Suite>.<Behaviour>.
include(GoogleTest)

# Sanitizers stop at the first finding; scripts leave no bytecode in the source tree.
set(ENTENTE_TEST_ENVIRONMENT
  "TSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/support/tsan.supp:halt_on_error=1"
  "UBSAN_OPTIONS=print_stacktrace=1"
  "PYTHONDONTWRITEBYTECODE=1")

# Ends what hangs; no test comes near it, on a slow machine under a sanitizer neither [s].
set(ENTENTE_TEST_TIMEOUT 1200)

function(_entente_gtest target prefix label folder)
  if(NOT ARGN)
    return()
  endif()
  list(TRANSFORM ARGN PREPEND "${folder}/" OUTPUT_VARIABLE sources)
  list(TRANSFORM sources APPEND "_test.cpp")
  add_executable(${target} ${sources})
  target_include_directories(${target} PRIVATE
    "${PROJECT_SOURCE_DIR}/sim" "${PROJECT_SOURCE_DIR}/tests")
  target_link_libraries(${target} PRIVATE entente_test_support GTest::gmock_main)
  gtest_discover_tests(${target} TEST_PREFIX "${prefix}." DISCOVERY_MODE PRE_TEST
    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
    PROPERTIES LABELS ${label} TIMEOUT ${ENTENTE_TEST_TIMEOUT} ENVIRONMENT "${ENTENTE_TEST_ENVIRONMENT}")
endfunction()

function(entente_test module)
  _entente_gtest(test_${module} ${module} unit "${PROJECT_SOURCE_DIR}/tests/unit/${module}" ${ARGN})
endfunction()

function(entente_property_test)
  _entente_gtest(test_property property property "${PROJECT_SOURCE_DIR}/tests/property" ${ARGN})
endfunction()

function(entente_script_test name script)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "LABEL" "")
  if(NOT arg_LABEL)
    set(arg_LABEL unit)
  endif()
  get_filename_component(script "${script}" ABSOLUTE)
  if(script MATCHES "\\.py$")
    set(interpreter "${Python3_EXECUTABLE}")
  else()
    set(interpreter bash)
  endif()
  add_test(NAME ${name} COMMAND ${interpreter} "${script}" ${arg_UNPARSED_ARGUMENTS}
    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}")
  set_tests_properties(${name} PROPERTIES
    LABELS ${arg_LABEL} TIMEOUT ${ENTENTE_TEST_TIMEOUT} ENVIRONMENT "${ENTENTE_TEST_ENVIRONMENT}")
endfunction()
