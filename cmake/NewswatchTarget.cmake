# How a folder becomes a library, a plug-in or a test: the link lines are the architecture drawing.
include(GNUInstallDirs)

add_library(newswatch_warnings INTERFACE)
target_compile_options(newswatch_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual
  -Wimplicit-fallthrough -Wformat=2)
# g++ 12 reports the inside of std::string (GCC bugs 105329 and 105651).
target_compile_options(newswatch_warnings INTERFACE "$<$<CXX_COMPILER_ID:GNU>:-Wno-restrict;-Wno-stringop-overflow>")
# It takes the sources that a unity build includes for headers.
if(NEWSWATCH_UNITY_BUILD)
  target_compile_options(newswatch_warnings INTERFACE "$<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>")
endif()
if(NEWSWATCH_WARNINGS_AS_ERRORS)
  target_compile_options(newswatch_warnings INTERFACE -Werror)
endif()

# newswatch_stage(NAME SOURCES a.cpp … [USES folder …] [LIBRARIES target …] [PUBLIC_LIBRARIES target …])
# One static library for daemon/NAME. USES names the folders whose headers it may include.
function(newswatch_stage name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;LIBRARIES;PUBLIC_LIBRARIES" ${ARGN})
  if(ARG_SOURCES)
    add_library(newswatch_${name} STATIC ${ARG_SOURCES})
    set(scope PUBLIC)
    target_link_libraries(newswatch_${name} PRIVATE newswatch_warnings ${ARG_LIBRARIES})
    set_target_properties(newswatch_${name} PROPERTIES
      POSITION_INDEPENDENT_CODE ON UNITY_BUILD ${NEWSWATCH_UNITY_BUILD} UNITY_BUILD_BATCH_SIZE 8)
  else()
    add_library(newswatch_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(newswatch_${name} ${scope} ${PROJECT_SOURCE_DIR}/daemon)
  target_link_libraries(newswatch_${name} ${scope} ${ARG_PUBLIC_LIBRARIES})
  foreach(folder IN LISTS ARG_USES)
    target_link_libraries(newswatch_${name} ${scope} newswatch_${folder})
  endforeach()
endfunction()

# newswatch_format(NAME SOURCES a.cpp … [LIBRARIES target …]): what several plug-ins are made of, compiled once and linked
# into each: a plug-in stands alone.
function(newswatch_format name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LIBRARIES" ${ARGN})
  add_library(newswatch_format_${name} STATIC ${ARG_SOURCES})
  target_include_directories(newswatch_format_${name} PUBLIC ${PROJECT_SOURCE_DIR}/plugins/include ${PROJECT_SOURCE_DIR}/plugins)
  target_link_libraries(newswatch_format_${name} PRIVATE newswatch_warnings PUBLIC ${ARG_LIBRARIES})
  set_target_properties(newswatch_format_${name} PROPERTIES
    POSITION_INDEPENDENT_CODE ON CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
endfunction()

# newswatch_plugin(NAME SOURCES a.cpp … [LIBRARIES target …]): plugins/NAME as a shared object that parse/ loads with dlopen.
function(newswatch_plugin name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LIBRARIES" ${ARGN})
  add_library(newswatch_plugin_${name} MODULE ${ARG_SOURCES})
  target_include_directories(newswatch_plugin_${name} PRIVATE ${PROJECT_SOURCE_DIR}/plugins/include ${PROJECT_SOURCE_DIR}/plugins)
  target_link_libraries(newswatch_plugin_${name} PRIVATE newswatch_warnings ${ARG_LIBRARIES})
  set_target_properties(newswatch_plugin_${name} PROPERTIES
    PREFIX "" OUTPUT_NAME ${name} CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/lib/newswatch/plugins
    UNITY_BUILD ${NEWSWATCH_UNITY_BUILD} UNITY_BUILD_BATCH_SIZE 8)
  install(TARGETS newswatch_plugin_${name} LIBRARY DESTINATION lib/newswatch/plugins)
  set_property(GLOBAL APPEND PROPERTY NEWSWATCH_PLUGINS newswatch_plugin_${name})
endfunction()

# newswatch_test(NAME SOURCES a_test.cpp … USES folder …): one GoogleTest program for tests/NAME, known to ctest case by case.
# The headers that every test reads are compiled once: they cost more than most tests do. Nor are tests optimised: that would
# take longer than it saves.
function(newswatch_test_headers)
  file(WRITE ${PROJECT_BINARY_DIR}/test_headers.cpp "// Carries the precompiled headers of the tests.\n")
  add_library(newswatch_test_headers OBJECT ${PROJECT_BINARY_DIR}/test_headers.cpp)
  target_compile_definitions(newswatch_test_headers PRIVATE
    NEWSWATCH_SOURCE_DIR="${PROJECT_SOURCE_DIR}" NEWSWATCH_BINARY_DIR="${PROJECT_BINARY_DIR}")
  target_link_libraries(newswatch_test_headers PRIVATE newswatch_warnings newswatch_base GTest::gmock GTest::gtest)
  # With the headers precompiled g++ 12 also reports the bounds of std::string's own buffer (GCC bug 105329).
  target_compile_options(newswatch_test_headers PUBLIC -O0 $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds>)
  target_precompile_headers(newswatch_test_headers PRIVATE
    <gmock/gmock.h> <gtest/gtest.h> <chrono> <filesystem> <fstream> <map> <optional> <string> <thread> <vector>)
endfunction()

function(newswatch_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;LIBRARIES;DEPENDS" ${ARGN})
  add_executable(${name}_tests ${ARG_SOURCES})
  target_compile_definitions(${name}_tests PRIVATE
    NEWSWATCH_SOURCE_DIR="${PROJECT_SOURCE_DIR}" NEWSWATCH_BINARY_DIR="${PROJECT_BINARY_DIR}")
  target_link_libraries(${name}_tests PRIVATE newswatch_warnings ${ARG_LIBRARIES} GTest::gmock GTest::gtest_main)
  target_compile_options(${name}_tests PRIVATE -O0 $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds>)
  target_precompile_headers(${name}_tests REUSE_FROM newswatch_test_headers)
  foreach(folder IN LISTS ARG_USES)
    target_link_libraries(${name}_tests PRIVATE newswatch_${folder})
  endforeach()
  if(ARG_DEPENDS)
    add_dependencies(${name}_tests ${ARG_DEPENDS})
  endif()
  gtest_discover_tests(${name}_tests TEST_PREFIX ${name}. DISCOVERY_TIMEOUT 60 PROPERTIES
    TIMEOUT 120 ENVIRONMENT "TSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/tsan.supp")
endfunction()

# newswatch_benchmark(NAME SOURCES a_bench.cpp USES folder …): a Google Benchmark program in build/bench.
function(newswatch_benchmark name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;LIBRARIES;DEPENDS" ${ARGN})
  add_executable(${name}_bench ${ARG_SOURCES})
  set_target_properties(${name}_bench PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bench)
  target_compile_definitions(${name}_bench PRIVATE
    NEWSWATCH_SOURCE_DIR="${PROJECT_SOURCE_DIR}" NEWSWATCH_BINARY_DIR="${PROJECT_BINARY_DIR}")
  target_link_libraries(${name}_bench PRIVATE newswatch_warnings ${ARG_LIBRARIES} benchmark::benchmark)
  foreach(folder IN LISTS ARG_USES)
    target_link_libraries(${name}_bench PRIVATE newswatch_${folder})
  endforeach()
  if(ARG_DEPENDS)
    add_dependencies(${name}_bench ${ARG_DEPENDS})
  endif()
endfunction()
